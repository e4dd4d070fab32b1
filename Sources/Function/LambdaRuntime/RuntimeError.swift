internal import HTTPTransport

/// The failure of a Runtime API call.
enum RuntimeError: Error, CustomStringConvertible {
  /// There was no complete response.
  case transport(TransportError)
  /// The response has a status other than the call's success status.
  case status(Int)
  /// An invocation does not have a request id.
  case noRequestID
  /// An invocation does not have a valid deadline.
  case noDeadline(requestID: String, invocationID: String?)

  var description: String {
    switch self {
    case .transport(let error): error.description
    case .status(let status): "status \(status)"
    case .noRequestID: "an invocation without \(RuntimeClient.Header.requestID)"
    case .noDeadline: "an invocation without a usable \(RuntimeClient.Header.deadline)"
    }
  }

  /// Whether the process must exit: status 500 means that the execution environment can't recover.
  var isFatal: Bool {
    if case .status(500) = self { true } else { false }
  }
}
