/* The floor: the cost of the loop in C if libcurl does all the work, including signing, and nothing is validated.
 *
 * It uses two easy handles on the system's libcurl, CURLOPT_AWS_SIGV4, and minimal string handling: it uses the first
 * text that looks like a member, and neither repairs nor retries nor logs. It isn't meant to be deployed, only to be
 * compared with the function. */
#include <curl/curl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct buffer {
  char *bytes;
  size_t size, capacity;
};

struct invocation {
  struct buffer event;
  char request_id[128];
  char invocation_id[128];
  long long deadline; /* Milliseconds since the Unix epoch. */
};

static void append(struct buffer *buffer, const char *bytes, size_t size) {
  if (buffer->size + size + 1 > buffer->capacity) {
    buffer->capacity = 2 * (buffer->size + size) + 4096;
    buffer->bytes = realloc(buffer->bytes, buffer->capacity);
    if (!buffer->bytes) abort();
  }
  memcpy(buffer->bytes + buffer->size, bytes, size);
  buffer->size += size;
  buffer->bytes[buffer->size] = 0;
}

static void append_text(struct buffer *buffer, const char *text) { append(buffer, text, strlen(text)); }

static size_t on_body(char *bytes, size_t size, size_t count, void *context) {
  append(context, bytes, size * count);
  return size * count;
}

/* Copies a header's value if the line is this header. */
static bool header(const char *line, size_t size, const char *name, char *value, size_t capacity) {
  size_t length = strlen(name);
  if (size < length + 4 || strncasecmp(line, name, length) != 0) return false;
  size_t count = size - length - 4; /* A colon and a space before the value, CR and LF after it. */
  if (line[length] != ':' || count >= capacity) return false;
  memcpy(value, line + length + 2, count);
  value[count] = 0;
  return true;
}

static size_t on_header(char *line, size_t size, size_t count, void *context) {
  struct invocation *invocation = context;
  char number[32];
  size *= count;
  if (size < 15 || strncasecmp(line, "Lambda-Runtime-", 15) != 0) return size;
  header(line, size, "Lambda-Runtime-Aws-Request-Id", invocation->request_id, sizeof invocation->request_id);
  header(line, size, "Lambda-Runtime-Invocation-Id", invocation->invocation_id, sizeof invocation->invocation_id);
  if (header(line, size, "Lambda-Runtime-Deadline-Ms", number, sizeof number)) invocation->deadline = atoll(number);
  return size;
}

/* Appends the content of a JSON string, with escapes decoded except for \u. */
static void append_unescaped(struct buffer *buffer, const char *text) {
  while (*text && *text != '"') {
    size_t run = strcspn(text, "\"\\");
    append(buffer, text, run);
    text += run;
    if (*text != '\\') continue;
    const char *letter = strchr("n\nt\tr\rb\bf\f", text[1]);
    if (text[1] == 'u') {
      append(buffer, text, 2);
    } else {
      append(buffer, letter ? letter + 1 : text + 1, 1);
    }
    text += 2;
  }
}

static void append_escaped(struct buffer *buffer, const char *text) {
  while (*text) {
    size_t run = strcspn(text, "\"\\");
    append(buffer, text, run);
    text += run;
    if (!*text) break;
    append_text(buffer, "\\");
    append(buffer, text++, 1);
  }
}

/* The start of the value of the first text after `text` that looks like the member, with or without a space. */
static const char *value(const char *text, const char *name) {
  text = text ? strstr(text, name) : NULL;
  if (!text) return NULL;
  text += strlen(name);
  return *text == ' ' ? text + 1 : text;
}

/* Writes SubmitJob's request; false if the event is of an unsupported kind. */
static bool job(struct buffer *request, const char *event) {
  const char *parameters = value(event, "\"pathParameters\":");
  const char *queue = value(parameters, "\"jobQueue\":");
  const char *definition = value(parameters, "\"jobDefinition\":");
  const char *body = value(event, "\"body\":");
  if (!queue || *queue != '"' || !definition || *definition != '"' || !body || *body != '"') return false;
  request->size = 0;
  append_text(request, "{\"jobQueue\":\"");
  append(request, queue + 1, strcspn(queue + 1, "\""));
  append_text(request, "\",\"jobDefinition\":\"");
  append(request, definition + 1, strcspn(definition + 1, "\""));
  append_text(request, "\",");
  size_t brace = request->size;
  append_unescaped(request, body + 1);
  if (request->bytes[brace] != '{') return false;
  request->bytes[brace] = ' ';
  return true;
}

static CURL *easy_handle(struct buffer *response) {
  CURL *handle = curl_easy_init();
  if (!handle) abort();
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "floor/1.0");
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, response);
  return handle;
}

static CURL *batch_handle(struct buffer *response) {
  char text[4096];
  CURL *handle = easy_handle(response);
  snprintf(text, sizeof text, "%s/v1/submitjob", getenv("AWS_ENDPOINT_URL_BATCH"));
  curl_easy_setopt(handle, CURLOPT_URL, text);
  curl_easy_setopt(handle, CURLOPT_AWS_SIGV4, "aws:amz:us-east-1:batch");
  curl_easy_setopt(handle, CURLOPT_USERNAME, getenv("AWS_ACCESS_KEY_ID"));
  curl_easy_setopt(handle, CURLOPT_PASSWORD, getenv("AWS_SECRET_ACCESS_KEY"));
  if (getenv("AWS_CA_BUNDLE")) curl_easy_setopt(handle, CURLOPT_CAINFO, getenv("AWS_CA_BUNDLE"));
  snprintf(text, sizeof text, "X-Amz-Security-Token: %s", getenv("AWS_SESSION_TOKEN"));
  struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, curl_slist_append(headers, text));
  return handle;
}

static bool perform(CURL *handle, long wanted) {
  long status = 0;
  CURLcode code = curl_easy_perform(handle);
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  if (code == CURLE_OK && status == wanted) return true;
  fprintf(stderr, "floor: status %ld, %s\n", status, curl_easy_strerror(code));
  return false;
}

static bool next(CURL *handle, const char *base, struct invocation *invocation) {
  char url[256];
  snprintf(url, sizeof url, "%s/next", base);
  invocation->event.size = 0;
  curl_easy_setopt(handle, CURLOPT_URL, url);
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, NULL);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, invocation);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(handle, CURLOPT_HTTPGET, 1L);
  return perform(handle, 200);
}

static bool submit(CURL *handle, const struct buffer *request, struct buffer *response, long long deadline) {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  response->size = 0;
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, (long)(deadline - time.tv_sec * 1000LL - time.tv_nsec / 1000000));
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, (long)request->size);
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request->bytes);
  return perform(handle, 200);
}

static bool respond(CURL *handle, const char *base, const struct invocation *invocation, const struct buffer *payload) {
  char text[256];
  struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
  snprintf(text, sizeof text, "Lambda-Runtime-Invocation-Id: %s", invocation->invocation_id);
  headers = curl_slist_append(headers, text);
  snprintf(text, sizeof text, "%s/%s/response", base, invocation->request_id);
  curl_easy_setopt(handle, CURLOPT_URL, text);
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, NULL);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, NULL);
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, (long)payload->size);
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, payload->bytes);
  bool is_taken = perform(handle, 202);
  curl_slist_free_all(headers);
  return is_taken;
}

// Appends the text after a name and up to the next quotation mark; job queues and job ids have no escapes.
static void append_value(struct buffer *payload, const char *json, const char *name) {
  const char *value = strstr(json, name);
  if (!value) return;
  value += strlen(name);
  append(payload, value, strcspn(value, "\""));
}

int main(void) {
  char base[128];
  struct invocation invocation = {0};
  struct buffer request = {0}, response = {0}, payload = {0};
  curl_global_init(CURL_GLOBAL_ALL);
  snprintf(base, sizeof base, "http://%s/2018-06-01/runtime/invocation", getenv("AWS_LAMBDA_RUNTIME_API"));
  CURL *runtime = easy_handle(&invocation.event);
  CURL *batch = batch_handle(&response);
  while (next(runtime, base, &invocation)) {
    if (!job(&request, invocation.event.bytes) || !submit(batch, &request, &response, invocation.deadline)) return 1;
    payload.size = 0;
    append_text(&payload, "{\"statusCode\":200,\"headers\":{\"Content-Type\":\"application/json\",\"Location\":\"../../queues/");
    append_value(&payload, request.bytes, "\"jobQueue\":\"");
    append_text(&payload, "/jobs/");
    append_value(&payload, response.bytes, "\"jobId\":\"");
    append_text(&payload, "\",\"X-Content-Type-Options\":\"nosniff\"},\"body\":\"");
    append_escaped(&payload, response.bytes);
    append_text(&payload, "\",\"isBase64Encoded\":false}");
    if (!respond(runtime, base, &invocation, &payload)) return 1;
  }
  return 1;
}
