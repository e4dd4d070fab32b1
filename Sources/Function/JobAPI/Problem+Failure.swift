internal import AWSService
internal import Batch
internal import ProxyEvents
internal import RawJSON

extension Problem {
  /// The problem that a failure is for the caller. This is the only place that maps failures to problems.
  init(_ failure: Failure, job: SubmitJobRequest?) {
    switch failure {
    case .event(let error): self.init(Self.kind(of: error), "\(error)", cause: "\(error)")
    case .route(let error): self.init(error)
    case .parameter(let error): self.init(.badQuery, "\(error)", cause: "\(error)")
    case .mediaType(let error): self.init(.unsupportedMediaType, "\(error)", cause: "\(error)")
    case .key(let error): self.init(Self.kind(of: error), "\(error)", cause: "\(error)")
    case .job(let error): self.init(error)
    case .policy(let error): self.init(Self.kind(of: error), "\(error)", cause: "\(error)")
    case .batch(let error): self.init(error, job: job)
    case .query(let error): self.init(error)
    case .noSuchJob(let id): self.init(noSuchJob: id)
    case .idempotency(let error): self.init(error, job: job)
    }
  }

  private static func kind(of error: ProxyRequestError) -> Kind {
    switch error.reason {
    case .notAnObject, .foreign, .unknownSender, .malformed: .badEvent
    case .badBody, .badBase64: .badBody
    case .badPercentEscape: .badPath
    case .badQueryEscape: .badQuery
    }
  }

  private static func kind(of error: PolicyError) -> Kind {
    switch error {
    case .unknownMember: .badBody
    case .operation, .jobQueue, .jobDefinition, .member, .unknownCaller: .notAllowed
    }
  }

  private init(_ error: RouteError) {
    switch error {
    case .notFound: self.init(.notFound, "\(error)", cause: "\(error)")
    case .methodNotAllowed(_, let resource):
      self.init(.methodNotAllowed, "\(error)", cause: "\(error)")
      headers = [("Allow", resource.methods.joined(separator: ", "))]
    case .badJobQueue, .badJobDefinition, .badJobID: self.init(.badPath, "\(error)", cause: "\(error)")
    }
  }

  private init(_ error: SubmitJobRequestError) {
    switch error {
    case .notJSON(let fault): self.init(.badBody, "\(error)", cause: "\(fault)")
    case .duplicateMember, .memberOfPath, .badJobName, .reservedTag, .submitterTag, .badTags, .tooManyTags:
      self.init(.badBody, "\(error)", cause: "\(error)")
    case .tooLarge(let bytes): self.init(.tooLarge, "\(error)", cause: "\(bytes) bytes or more")
    }
  }

  /// The problem that a call's failure is; with a key, an unknown outcome is no reason to look for the job.
  init(_ error: BatchError, job: SubmitJobRequest?, hasKey: Bool = false) {
    switch error {
    case .noCredentials(let error): self.init(.notSent, Self.notSubmitted, cause: "No credentials: \(error)")
    case .notSent(let error, let attempts):
      self.init(.notSent, Self.notSubmitted, cause: "\(error), after \(Self.count(attempts))")
    case .outcomeUnknown(let error):
      self.init(.outcomeUnknown, afterBatch: "did not respond", to: job, hasKey, cause: "\(error)")
    case .unreadableResponse:
      self.init(
        .unexpectedResponse, afterBatch: "sent an unexpected response", to: job, hasKey,
        cause: "status 200 with a body that is not SubmitJob's response")
    case .refused(let refusal, let attempts):
      self.init(refusal, attempts: attempts, job: job, hasKey)
    }
  }

  private init(_ refusal: ServiceRefusal, attempts: Int, job: SubmitJobRequest?, _ hasKey: Bool) {
    var cause = "Batch returned \(refusal.status) \(refusal.code.isEmpty ? "without an error code" : refusal.code)"
    let said =
      refusal.message.isEmpty ? "Batch gives no reason." : "Batch says: \(refusal.message.redactingIdentityARNs)"
    switch refusal.meaning {
    case .badRequest: self.init(.refusedByBatch, said, cause: cause)
    case .accessDenied:
      // Any other message may quote the request, such as its members or signed headers.
      cause += ": \(refusal.message)"
      var refused = "this"
      if let job { refused = "to job queue \"\(job.jobQueue)\" with job definition \"\(job.jobDefinition)\"" }
      self.init(
        .accessDenied, "The function's role may not submit \(refused). Allow the role batch:SubmitJob on both. \(said)",
        cause: cause)
    case .throttled:
      let seconds = max(1, refusal.retryAfter ?? 1)
      self.init(
        .throttled,
        "Batch was too busy in \(Self.count(attempts)). Nothing was submitted. Send the request again after \(seconds) s.",
        cause: cause)
      headers = [("Retry-After", "\(seconds)")]
    case .functionAtFault:
      self.init(
        .functionFault,
        "Batch did not accept the function's credentials. Nothing was submitted. The function's log has Batch's reason.",
        cause: cause)
    case .unknown:
      self.init(.unexpectedResponse, afterBatch: "returned status \(refusal.status)", to: job, hasKey, cause: cause)
    }
  }

  /// A problem after which there may be a job.
  private init(
    _ kind: Kind, afterBatch what: String, to job: SubmitJobRequest?, _ hasKey: Bool, cause: String
  ) {
    var detail = "Batch \(what)."
    if hasKey {
      detail =
        "Batch \(what), and may have the job. Send the same request with the same Idempotency-Key again: it finds that "
        + "job, and doesn't make a second one."
    } else if let job {
      detail =
        "Batch \(what), and may have the job. Before you send it again, look for it: aws batch list-jobs "
        + "--job-queue \(job.jobQueue) --filters name=JOB_NAME,values=\(job.jobName)"
    }
    self.init(kind, detail, cause: cause)
    submitted = .unknown
    jobName = job?.jobName.description
  }

  private static let notSubmitted = "Nothing was submitted. Send the request again later."

  private static func count(_ attempts: Int) -> String { attempts == 1 ? "1 attempt" : "\(attempts) attempts" }
}
