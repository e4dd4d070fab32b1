package import Credentials
package import HTTPTransport

/// A SubmitJob call that got no job, or may have got one that nobody knows of.
package enum BatchError: Error, Sendable {
  /// There are no credentials: nothing was sent.
  case noCredentials(CredentialsError)
  /// Surely nothing was sent.
  case notSent(TransportError, attempts: Int)
  /// The request was sent, and no whole answer came: Batch may have a job.
  case outcomeUnknown(TransportError)
  /// Batch answered with an error.
  case refused(BatchRefusal, attempts: Int)
  /// Batch answered 200 with something that is not SubmitJob's answer: there may be a job.
  case unreadableAnswer
}
