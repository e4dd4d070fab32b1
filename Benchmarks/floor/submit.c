#include "submit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

/* Appends the text after a name and up to the next quotation mark; job queues and job ids have no escapes. */
static void append_value(struct buffer *payload, const char *json, const char *name) {
  const char *value = strstr(json, name);
  if (!value) return;
  value += strlen(name);
  append(payload, value, strcspn(value, "\""));
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

CURL *easy_handle(struct buffer *response) {
  CURL *handle = curl_easy_init();
  if (!handle) abort();
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "floor/1.0");
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, response);
  return handle;
}

bool perform(CURL *handle, long wanted) {
  long status = 0;
  CURLcode code = curl_easy_perform(handle);
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  if (code == CURLE_OK && status == wanted) return true;
  fprintf(stderr, "floor: status %ld, %s\n", status, curl_easy_strerror(code));
  return false;
}

void open_submitter(struct submitter *submitter) {
  char text[4096];
  CURL *handle = easy_handle(&submitter->response);
  snprintf(text, sizeof text, "%s/v1/submitjob", getenv("AWS_ENDPOINT_URL_BATCH"));
  curl_easy_setopt(handle, CURLOPT_URL, text);
  curl_easy_setopt(handle, CURLOPT_AWS_SIGV4, "aws:amz:us-east-1:batch");
  curl_easy_setopt(handle, CURLOPT_USERNAME, getenv("AWS_ACCESS_KEY_ID"));
  curl_easy_setopt(handle, CURLOPT_PASSWORD, getenv("AWS_SECRET_ACCESS_KEY"));
  if (getenv("AWS_CA_BUNDLE")) curl_easy_setopt(handle, CURLOPT_CAINFO, getenv("AWS_CA_BUNDLE"));
  snprintf(text, sizeof text, "X-Amz-Security-Token: %s", getenv("AWS_SESSION_TOKEN"));
  struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, curl_slist_append(headers, text));
  submitter->batch = handle;
}

static bool send_request(struct submitter *submitter, long long deadline) {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  submitter->response.size = 0;
  curl_easy_setopt(
      submitter->batch, CURLOPT_TIMEOUT_MS, (long)(deadline - time.tv_sec * 1000LL - time.tv_nsec / 1000000));
  curl_easy_setopt(submitter->batch, CURLOPT_POSTFIELDSIZE, (long)submitter->request.size);
  curl_easy_setopt(submitter->batch, CURLOPT_POSTFIELDS, submitter->request.bytes);
  return perform(submitter->batch, 200);
}

bool submit(struct submitter *submitter, const char *event, long long deadline) {
  if (!job(&submitter->request, event) || !send_request(submitter, deadline)) return false;
  struct buffer *payload = &submitter->payload;
  const char *response = submitter->response.bytes;
  payload->size = 0;
  append_text(payload, "{\"statusCode\":200,\"headers\":{\"Content-Type\":\"application/json\",");
  append_text(payload, "\"Location\":\"../../queues/");
  append_value(payload, submitter->request.bytes, "\"jobQueue\":\"");
  append_text(payload, "/jobs/");
  append_value(payload, response, "\"jobId\":\"");
  append_text(payload, "\",\"X-Content-Type-Options\":\"nosniff\"},\"body\":\"");
  append_escaped(payload, response);
  append_text(payload, "\",\"isBase64Encoded\":false}");
  return true;
}
