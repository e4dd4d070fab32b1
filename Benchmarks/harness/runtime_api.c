#include "runtime_api.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "ledger.h"

/* After the last invocation, responds to /next only when everything has been measured, with the status that makes a
 * function exit. */
static void serve_end(struct connection *connection) {
  static const char error[] =
      "{\"errorMessage\":\"The benchmark is over\",\"errorType\":\"InternalServerError\"}";
  pthread_mutex_lock(&ledger.mutex);
  end(ledger.responded == ledger.invocations ? NULL : "/next was requested before the last response");
  while (!ledger.is_measured) pthread_cond_wait(&ledger.measured, &ledger.mutex);
  pthread_mutex_unlock(&ledger.mutex);
  write_response(connection, "HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\n", error,
                 sizeof error - 1);
}

static void number_key(size_t number) {
  char digits[32];
  snprintf(digits, sizeof digits, "%0*zu", key_number_size, number);
  for (size_t index = 0; index < ledger.key_number_count; index++)
    memcpy(ledger.key_numbers[index], digits, key_number_size);
}

static void serve_next(struct connection *connection) {
  pthread_mutex_lock(&ledger.mutex);
  if (!ledger.first_next) {
    ledger.first_next = now();
    if (ledger.batch_is_late) start_server(ledger.batch);
  }
  bool is_over = ledger.served == ledger.invocations;
  size_t number = is_over ? 0 : ++ledger.served;
  pthread_mutex_unlock(&ledger.mutex);
  if (is_over) return serve_end(connection);

  char head[2048];
  snprintf(head, sizeof head,
           "HTTP/1.1 200 OK\r\n"
           "Content-Type: application/json\r\n"
           "Lambda-Runtime-Aws-Request-Id: 8476a536-e9f4-11e8-9739-%012zu\r\n"
           "Lambda-Runtime-Deadline-Ms: %lld\r\n"
           "Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:123456789012:function:submit-job\r\n"
           "Lambda-Runtime-Invocation-Id: 3f1d8a52-7a6c-4d40-9f0e-%012zu\r\n"
           "Lambda-Runtime-Trace-Id: Root=1-6b03db49-0a1b2c3d4e5f60718293a4b5;Parent=53995c3f42cd8ad8;Sampled=0;"
           "Lineage=1:a87bd80c:0\r\n"
           "Date: Mon, 23 Nov 2026 09:00:00 GMT\r\n",
           number, ((long long)time(NULL) + 29) * 1000, number);
  number_key(number);
  ledger.event_sent = now();
  write_response(connection, head, ledger.event, ledger.event_size);
}

static void take_response(const struct request *request) {
  int64_t time = now();
  pthread_mutex_lock(&ledger.mutex);
  size_t index = ledger.responded++;
  if (index == 0) ledger.first_response = time;
  if (index + 1 == ledger.warm_up) ledger.warm_cpu = cpu_time(ledger.program);
  if (index < ledger.invocations) ledger.latencies[index] = time - ledger.event_sent;
  if (request->body_size >= sizeof ledger.last_response) fail("a response is too large");
  memcpy(ledger.last_response, request->body, request->body_size);
  ledger.last_response[request->body_size] = 0;
  char id[64];
  snprintf(id, sizeof id, "/8476a536-e9f4-11e8-9739-%012zu/", ledger.served);
  if (!strstr(request->path, id)) end("a response is not for the current invocation");
  if (!strstr(ledger.last_response, "\"statusCode\":200") && !strstr(ledger.last_response, "\"statusCode\": 200"))
    end("a response has a status other than 200");
  pthread_mutex_unlock(&ledger.mutex);
}

void serve_runtime_api(struct connection *connection) {
  static const char accepted[] = "{\"status\":\"OK\"}\n";
  struct request request;
  while (read_request(connection, &request)) {
    size_t length = strlen(request.path);
    if (request.is_get && length > 5 && strcmp(request.path + length - 5, "/next") == 0) {
      serve_next(connection);
      continue;
    }
    if (length > 9 && strcmp(request.path + length - 9, "/response") == 0) {
      take_response(&request);
    } else {
      fprintf(stderr, "harness: %s: %.*s\n", request.path, (int)request.body_size, request.body);
      pthread_mutex_lock(&ledger.mutex);
      end("the program posted an error");
      pthread_mutex_unlock(&ledger.mutex);
    }
    write_response(connection,
                   "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\n"
                   "Date: Mon, 23 Nov 2026 09:00:00 GMT\r\n",
                   accepted, sizeof accepted - 1);
  }
}
