/// One event's way through a function: what it answered, and what Lambda reports about it.
package struct CompletedInvocation: Sendable {
  /// What came back.
  package enum Outcome: Sendable, Equatable {
    /// The bytes the function posted as its response.
    case response([UInt8])
    /// An error the function posted, or Lambda's own when no answer came.
    case functionError(FunctionError)
  }

  /// The Lambda request id.
  package let requestID: String
  /// What came back.
  package let outcome: Outcome
  /// What the `REPORT` line says.
  package let report: InvocationReport
}
