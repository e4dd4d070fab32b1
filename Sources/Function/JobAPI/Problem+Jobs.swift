internal import AWSService
internal import Batch
internal import ProxyEvents

extension Problem {
  /// The problem of a job that isn't there: also if it is in another queue, or someone else's.
  init(noSuchJob id: JobID) {
    self.init(
      .jobNotFound,
      "This job queue has no job \(id). Batch forgets a job some days after it has ended, and may not know a new one for "
        + "some seconds: if you have just submitted it, ask again.", cause: "\(id)")
  }

  /// The problem of an operation that may be repeated, and failed every time.
  init(_ error: BatchQueryError) {
    let cause = "\(error)"
    switch error.cause {
    case .service where !error.requestWasSent:
      self.init(.notSent, "Batch was not asked. \(Self.again)", cause: cause)
    case .service:
      self.init(.outcomeUnknown, "Batch did not respond to \(error.operation.rawValue). \(Self.again)", cause: cause)
    case .unexpectedResponse:
      self.init(
        .unexpectedResponse, "Batch sent an unexpected response to \(error.operation.rawValue). \(Self.again)",
        cause: cause)
    case .refused(let refusal): self.init(refusal, error.operation, cause: cause)
    }
  }

  private init(_ refusal: ServiceRefusal, _ operation: BatchQueryError.Operation, cause: String) {
    // What Batch says of anything else may quote the request, such as its signed headers.
    let brief = "\(operation.rawValue): Batch returned \(refusal.status) \(refusal.code)"
    switch refusal.meaning {
    case .badRequest:
      self.init(.refusedByBatch, "Batch says: \(refusal.message.redactingIdentityARNs)", cause: brief)
    case .accessDenied:
      self.init(
        .accessDenied, "The function's role may not do this. Allow the role batch:\(operation.rawValue).", cause: cause)
    case .throttled:
      let seconds = max(1, refusal.retryAfter ?? 1)
      self.init(.throttled, "Batch was too busy. Send the request again after \(seconds) s.", cause: brief)
      headers = [("Retry-After", "\(seconds)")]
    case .functionAtFault:
      self.init(
        .functionFault, "Batch did not accept the function's credentials. The function's log has Batch's reason.",
        cause: brief)
    case .unknown:
      self.init(.unexpectedResponse, "Batch returned status \(refusal.status). \(Self.again)", cause: brief)
    }
  }

  private static let again = "Send the request again later."
}
