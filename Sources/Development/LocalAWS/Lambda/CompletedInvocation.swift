/// One event's way through a function: what it answered, and what Lambda reports about it.
public struct CompletedInvocation: Sendable {
  /// What came back.
  public enum Outcome: Sendable, Equatable {
    /// The bytes the function posted as its response.
    case response([UInt8])
    /// An error the function posted, or Lambda's own when no answer came.
    case functionError(FunctionError)
  }

  /// The Lambda request id.
  public let requestID: String
  /// What came back.
  public let outcome: Outcome
  /// What the `REPORT` line says.
  public let report: InvocationReport
}
