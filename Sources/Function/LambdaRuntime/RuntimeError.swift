internal import HTTPTransport

/// A call of the Runtime API that did not end as it should.
enum RuntimeError: Error, CustomStringConvertible {
  /// No whole answer.
  case transport(TransportError)
  /// An answer with another status than the call's own.
  case status(Int)
  /// An invocation without the header that says which one it is.
  case noRequestID
  /// An invocation without a deadline that can be read.
  case noDeadline(requestID: String, invocationID: String?)

  var description: String {
    switch self {
    case .transport(let error): error.description
    case .status(let status): "status \(status)"
    case .noRequestID: "an invocation without \(RuntimeClient.Header.requestID)"
    case .noDeadline: "an invocation without a usable \(RuntimeClient.Header.deadline)"
    }
  }

  /// Whether the execution environment is beyond recovery, as status 500 says, and the process is to exit.
  var isFatal: Bool {
    if case .status(500) = self { true } else { false }
  }
}
