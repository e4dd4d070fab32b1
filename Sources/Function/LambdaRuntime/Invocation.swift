package import Platform

/// One event to answer, with what the Runtime API says about it.
package struct Invocation: Sendable {
  /// The event, as it came.
  package let event: [UInt8]
  /// `Lambda-Runtime-Aws-Request-Id`.
  package let requestID: String
  /// `Lambda-Runtime-Deadline-Ms`: Lambda kills the process then.
  package let deadline: Timestamp
  /// `Lambda-Runtime-Invocation-Id`, echoed in the answer where it came.
  let invocationID: String?
  /// `Lambda-Runtime-Trace-Id`, for X-Ray.
  let traceID: String?
}

/// How an invocation ended, and what the log says about it.
package struct InvocationResult: Sendable {
  enum Ending: Sendable {
    case response([UInt8])
    case error(type: String, message: String)
  }

  let ending: Ending
  /// The invocation's one log line.
  package let record: LogRecord

  /// A response, with the payload that the function's caller gets.
  package init(payload: [UInt8], record: LogRecord) {
    self.init(.response(payload), record)
  }

  /// A function error. The type has the form `Function.Word`.
  package init(errorType: String, message: String, record: LogRecord) {
    self.init(.error(type: errorType, message: message), record)
  }

  private init(_ ending: Ending, _ record: LogRecord) {
    self.ending = ending
    self.record = record
  }

  /// This result for a repeated delivery, with a log line of its own.
  func again() -> InvocationResult {
    InvocationResult(
      ending,
      LogRecord(.warn, "Delivered again by Lambda: the earlier response is posted again, and nothing is submitted"))
  }
}
