#include "batch.h"

#include <stdio.h>
#include <string.h>

#include "ledger.h"

void serve_batch(struct connection *connection) {
  static const char head[] =
      "HTTP/1.1 200 OK\r\n"
      "Date: Mon, 23 Nov 2026 09:00:00 GMT\r\n"
      "Content-Type: application/json\r\n"
      "Connection: keep-alive\r\n"
      "x-amzn-RequestId: 0b4f7a4e-3a54-4c47-8f9b-5d6f0c1e2a3b\r\n"
      "Access-Control-Allow-Origin: *\r\n"
      "x-amz-apigw-id: Uj3bHE0xIAMEkLQ=\r\n"
      "Access-Control-Expose-Headers: X-amzn-errortype,X-amzn-requestid,X-amzn-errormessage,X-amzn-trace-id,"
      "X-amz-apigw-id,date\r\n"
      "X-Amzn-Trace-Id: Root=1-6b03db49-1b2c3d4e5f60718293a4b5c6\r\n";
  struct request request;
  while (read_request(connection, &request)) {
    int64_t start = now();
    // The function sends this during init, to open the connection. It doesn't submit a job.
    if (request.is_get && strcmp(request.path, "/") == 0) {
      write_response(connection, head, "{}", 2);
      continue;
    }
    pthread_mutex_lock(&ledger.mutex);
    size_t number = ++ledger.batch_requests;
    bool is_submit_job = !request.is_get && strcmp(request.path, "/v1/submitjob") == 0;
    if (!is_submit_job) end("Batch got a request other than SubmitJob");
    if (request.body_size >= sizeof ledger.last_batch_body) fail("a job is too large");
    memcpy(ledger.last_batch_body, request.body, request.body_size);
    ledger.last_batch_body[request.body_size] = 0;
    pthread_mutex_unlock(&ledger.mutex);
    char body[512];
    int size = snprintf(body, sizeof body,
                        "{\"jobArn\":\"arn:aws:batch:us-east-1:123456789012:job/876da822-4198-45f2-a252-%012zu\","
                        "\"jobName\":\"nightly-report-2026-11-22\",\"jobId\":\"876da822-4198-45f2-a252-%012zu\"}",
                        number, number);
    write_response(connection, head, body, (size_t)size);
    if (number <= ledger.invocations) ledger.batch_times[number - 1] = now() - start;
  }
}
