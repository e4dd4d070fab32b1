/* The peer in C++: AWS's runtime (https://github.com/awslabs/aws-lambda-cpp) and the floor's code for Batch. */
#include <aws/lambda-runtime/runtime.h>

extern "C" {
#include "../floor/submit.h"
}

using aws::lambda_runtime::invocation_request;
using aws::lambda_runtime::invocation_response;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

int main() {
  curl_global_init(CURL_GLOBAL_ALL);
  submitter submitter{};
  open_submitter(&submitter);
  aws::lambda_runtime::run_handler([&submitter](invocation_request const &request) {
    auto const deadline = duration_cast<milliseconds>(request.deadline.time_since_epoch()).count();
    if (!submit(&submitter, request.payload.c_str(), deadline))
      return invocation_response::failure("The job was not submitted", "Function.NotSubmitted");
    return invocation_response::success({submitter.payload.bytes, submitter.payload.size}, "application/json");
  });
  return 1;
}
