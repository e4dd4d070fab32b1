#include "table.h"

#include <string.h>

#include "ledger.h"

/* Copies the id of a request's item. */
static bool read_id(const struct request *request, char id[id_size]) {
  const char *start = strstr(request->body, "\"apigw-batch#");
  const char *quote = start ? strchr(start + 1, '"') : NULL;
  if (!quote || quote - start > id_size) return false;
  memcpy(id, start + 1, (size_t)(quote - start - 1));
  id[quote - start - 1] = 0;
  return true;
}

/* Counts a request; returns what is wrong with it, or NULL. Each key is claimed, then completed, and never used again. */
static const char *take(const struct request *request) {
  char id[id_size];
  if (request->is_get || !read_id(request, id)) return "the table got a request that isn't about a key";
  bool is_in_progress = ledger.claims > ledger.completions;
  if (strstr(request->head, "DynamoDB_20120810.PutItem\r\n")) {
    if (is_in_progress || strcmp(id, ledger.last_id) == 0) return "a key was not new, or the last one is in progress";
    ledger.claims++;
    memcpy(ledger.last_id, id, sizeof id);
    return NULL;
  }
  if (!strstr(request->head, "DynamoDB_20120810.UpdateItem\r\n")) return "the table got an unknown operation";
  if (!is_in_progress || strcmp(id, ledger.last_id) != 0) return "a key was completed that is not in progress";
  ledger.completions++;
  return NULL;
}

void serve_table(struct connection *connection) {
  static const char head[] =
      "HTTP/1.1 200 OK\r\n"
      "Server: Server\r\n"
      "Date: Mon, 23 Nov 2026 09:00:00 GMT\r\n"
      "Content-Type: application/x-amz-json-1.0\r\n"
      "Connection: keep-alive\r\n"
      "x-amzn-RequestId: 0B4F7A4E3A544C478F9B5D6F0C1E2A3B0VV4KQNSO5AEMVJF66Q9\r\n"
      "x-amz-crc32: 2745614147\r\n";
  struct request request;
  while (read_request(connection, &request)) {
    /* The function sends this during init, to open the connection. */
    if (!request.is_get || strcmp(request.path, "/") != 0) {
      pthread_mutex_lock(&ledger.mutex);
      const char *fault = take(&request);
      if (fault) end(fault);
      pthread_mutex_unlock(&ledger.mutex);
    }
    write_response(connection, head, "{}", 2);
  }
}
