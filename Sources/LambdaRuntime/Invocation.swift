public import Platform

/// One event to answer, with what the Runtime API says about it.
public struct Invocation: Sendable {
  /// The event, as it came.
  public let event: [UInt8]
  /// `Lambda-Runtime-Aws-Request-Id`.
  public let requestID: String
  /// `Lambda-Runtime-Deadline-Ms`: Lambda kills the process then.
  public let deadline: Timestamp
  /// `Lambda-Runtime-Invocation-Id`, echoed in the answer where it came.
  let invocationID: String?
  /// `Lambda-Runtime-Trace-Id`, for X-Ray.
  let traceID: String?
}

/// The answer to an invocation, and what the log says about it.
public struct InvocationResult: Sendable {
  /// The payload that the caller of the function gets.
  public let payload: [UInt8]
  /// The invocation's one log line.
  public let record: LogRecord

  /// An answer with its log line.
  public init(payload: [UInt8], record: LogRecord) {
    self.payload = payload
    self.record = record
  }
}
