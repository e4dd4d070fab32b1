/// A completed invocation: its outcome, and Lambda's report about it.
package struct CompletedInvocation: Sendable {
  /// How an invocation ended.
  package enum Outcome: Sendable, Equatable {
    /// The bytes the function posted as its response.
    case response([UInt8])
    /// The error that the function posted, or Lambda's own if there was no response.
    case functionError(FunctionError)
  }

  /// The Lambda request id.
  package let requestID: String
  /// How it ended.
  package let outcome: Outcome
  /// The contents of the `REPORT` line.
  package let report: InvocationReport
}
