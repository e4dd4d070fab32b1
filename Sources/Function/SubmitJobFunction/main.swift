// The function's entry point: wires the modules together and runs the loop.

import Glibc
import LambdaRuntime
import Platform
import JobAPI

let environment = Environment.process
guard let endpoint = environment["AWS_LAMBDA_RUNTIME_API"] else {
  Logger.standardError(Array(Help.text.utf8))
  exit(EX_USAGE)
}
// A connection closed by the peer is an error to handle, not a signal that ends the process.
signal(SIGPIPE, SIG_IGN)
let clock = WallClock.system
let logger = Logger(environment: environment, clock: clock)
let loop = RuntimeLoop(
  endpoint: endpoint, maximumConcurrency: environment["AWS_LAMBDA_MAX_CONCURRENCY"], userAgent: Version.userAgent,
  clock: clock, logger: logger)
let status = loop.run { isFirst in
  let handler = try SubmitJobHandler(environment: environment, userAgent: Version.userAgent, clock: clock)
  for warning in handler.warnings where isFirst { logger.log(LogRecord(.warn, warning)) }
  if isFirst { try loop.passSnapshot(environment: environment, rehearse: handler.rehearse) }
  handler.prepare()
  return { invocation in
    let outcome = handler.handle(
      event: invocation.event, requestID: invocation.requestID, deadline: invocation.deadline)
    let record = LogRecord(outcome)
    if let message = outcome.functionError {
      return InvocationResult(errorType: "Function.UnsupportedEvent", message: message, record: record)
    }
    return InvocationResult(payload: outcome.payload, record: record)
  }
}
exit(status)
