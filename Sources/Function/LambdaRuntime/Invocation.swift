package import Platform

/// One event, with the Runtime API's headers about it.
package struct Invocation: Sendable {
  /// The event, as received.
  package let event: [UInt8]
  /// `Lambda-Runtime-Aws-Request-Id`.
  package let requestID: String
  /// `Lambda-Runtime-Deadline-Ms`: when Lambda kills the process.
  package let deadline: Timestamp
  /// `Lambda-Runtime-Invocation-Id`, echoed in the response if it was received.
  let invocationID: String?
  /// `Lambda-Runtime-Trace-Id`, for X-Ray.
  let traceID: String?
}

/// The result of an invocation, with its log line.
package struct InvocationResult: Sendable {
  enum Ending: Sendable {
    case response([UInt8])
    case error(type: String, message: String)
  }

  let ending: Ending
  /// The invocation's one log line.
  package let record: LogRecord

  /// A response, with the payload for the function's caller.
  package init(payload: [UInt8], record: LogRecord) {
    self.init(.response(payload), record)
  }

  /// A function error. The type must have the form `Function.Word`.
  package init(errorType: String, message: String, record: LogRecord) {
    self.init(.error(type: errorType, message: message), record)
  }

  private init(_ ending: Ending, _ record: LogRecord) {
    self.ending = ending
    self.record = record
  }

  /// This result for a repeated delivery, with its own log line.
  func again() -> InvocationResult {
    InvocationResult(
      ending,
      LogRecord(.warn, "Lambda delivered this event again: the earlier response is posted, and nothing is submitted"))
  }
}
