/* The floor: the cost of the loop in C if libcurl does all the work, including signing, and nothing is validated.
 *
 * It uses two easy handles, CURLOPT_AWS_SIGV4, and minimal string handling: it uses the first text that looks like a
 * member, and neither repairs nor retries nor logs. It isn't meant to be deployed, only to be compared: linked with the
 * system's libcurl with the function, and linked with the package's static libraries with the package. */
#include <curl/curl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "submit.h"

struct invocation {
  struct buffer event;
  char request_id[128];
  char invocation_id[128];
  long long deadline; /* Milliseconds since the Unix epoch. */
};

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

int main(void) {
  char base[128];
  struct invocation invocation = {0};
  struct submitter submitter = {0};
  curl_global_init(CURL_GLOBAL_ALL);
  snprintf(base, sizeof base, "http://%s/2018-06-01/runtime/invocation", getenv("AWS_LAMBDA_RUNTIME_API"));
  CURL *runtime = easy_handle(&invocation.event);
  open_submitter(&submitter);
  while (next(runtime, base, &invocation)) {
    if (!submit(&submitter, invocation.event.bytes, invocation.deadline)) return 1;
    if (!respond(runtime, base, &invocation, &submitter.payload)) return 1;
  }
  return 1;
}
