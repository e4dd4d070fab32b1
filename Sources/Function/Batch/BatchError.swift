package import Credentials
package import HTTPTransport

/// A SubmitJob call that failed, or whose outcome is unknown.
package enum BatchError: Error, Sendable {
  /// There are no credentials: nothing was sent.
  case noCredentials(CredentialsError)
  /// Nothing was sent, for certain.
  case notSent(TransportError, attempts: Int)
  /// The request was sent, but no complete response came: Batch may have the job.
  case outcomeUnknown(TransportError)
  /// Batch returned an error.
  case refused(BatchRefusal, attempts: Int)
  /// Batch returned 200 with a body that is not SubmitJob's response: there may be a job.
  case unreadableAnswer
}
