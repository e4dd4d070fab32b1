package import Batch

/// The reason why a request with a key gets no job.
package enum IdempotencyError: Error, Sendable {
  /// The key was used for another request.
  case reused
  /// The first request still runs, or has ended and may still get its job; with the seconds to wait.
  case inProgress(retryAfter: Int)
  /// The key couldn't be looked up or taken, for this reason: nothing was submitted.
  case unchecked(String)
  /// An earlier request holds the key, and it can't be determined whether it has a job, for this reason.
  case undecided(String)
  /// The job was not submitted, or its outcome is unknown; with what failed in addition.
  case batch(BatchError, note: String?)
}
