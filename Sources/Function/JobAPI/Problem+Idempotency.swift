internal import Batch
internal import Idempotency
internal import ProxyEvents

extension Problem {
  /// The kind of problem that a request's key is.
  static func kind(of error: IdempotencyKeyError) -> Kind {
    switch error {
    case .malformed, .several: .badIdempotencyKey
    case .unavailable: .idempotencyUnavailable
    case .missing: .idempotencyKeyMissing
    }
  }

  /// The problem of a request that has a key, and gets no job.
  init(_ error: IdempotencyError, job: SubmitJobRequest?) {
    switch error {
    case .reused:
      self.init(
        .idempotencyKeyReused,
        "This Idempotency-Key was used for a request with another job queue, job definition or body. Send a new key for "
          + "a new job, or repeat the first request unchanged.",
        cause: "the job queue, the job definition or the body is another")
    case .inProgress(let seconds):
      self.init(
        .inProgress,
        "An earlier request with this Idempotency-Key is still running, or ended without a response. "
          + "Send the same request with the same key again after \(seconds) s.",
        cause: "the next attempt makes sense after \(seconds) s")
      headers = [("Retry-After", "\(seconds)")]
      submitted = .unknown
      jobName = job?.jobName.description
    case .unchecked(let reason):
      self.init(.idempotencyKeyUnchecked, Self.unchecked("This request submitted nothing."), cause: reason)
    case .undecided(let reason):
      self.init(
        .idempotencyKeyUnchecked,
        Self.unchecked("This request submitted nothing, but an earlier one with the same key may have."), cause: reason)
      submitted = .unknown
      jobName = job?.jobName.description
    case .batch(let error, _):
      self.init(error, job: job, hasKey: true)
    }
  }

  private static func unchecked(_ state: String) -> String {
    "The Idempotency-Key can't be checked at the moment. \(state) Send the same request with the same key again later. "
      + "The function's log has the reason."
  }
}
