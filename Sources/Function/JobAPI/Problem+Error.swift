internal import ProxyEvents
internal import Batch
internal import RawJSON

extension Problem {
  /// The problem for an error. This is the only place that maps errors to statuses.
  init(_ error: any Error, job: SubmitJobRequest?) {
    switch error {
    case let error as ProxyRequestError: self.init(error)
    case let error as RouteError: self.init(error)
    case let error as MediaTypeError:
      self.init(415, "unsupported-media-type", "Unsupported content type", "\(error)")
      cause = "\(error)"
    case let error as SubmitJobRequestError: self.init(error)
    case let error as PolicyError: self.init(error)
    case let error as BatchError: self.init(error, job: job)
    default:
      self.init(502, "function-fault", "The function failed", "The function failed. Its log says why.")
      // How far it got is unknown, so it must not claim that nothing was submitted.
      submitted = .unknown
      cause = "\(error)"
    }
  }

  private init(_ error: ProxyRequestError) {
    switch error.reason {
    case .notAnObject, .foreign, .unknownSender, .malformed: self.init(400, "bad-event", "Malformed event", "\(error)")
    case .badBody, .badBase64: self.init(400, "bad-body", "Malformed body", "\(error)")
    case .badPercentEscape: self.init(400, "bad-path", "Malformed path", "\(error)")
    }
    cause = "\(error)"
  }

  private init(_ error: RouteError) {
    switch error {
    case .notFound: self.init(404, "not-found", "No such route", "\(error)")
    case .methodNotAllowed:
      self.init(405, "method-not-allowed", "Method not allowed", "\(error)")
      headers = [("Allow", Route.method)]
    case .badJobQueue, .badJobDefinition: self.init(400, "bad-path", "Malformed path", "\(error)")
    }
    cause = "\(error)"
  }

  private init(_ error: SubmitJobRequestError) {
    switch error {
    case .notJSON(let fault):
      self.init(400, "bad-body", "Malformed body", "\(error)")
      cause = "\(fault)"
    case .duplicateMember, .memberOfPath, .badJobName:
      self.init(400, "bad-body", "Malformed body", "\(error)")
      cause = "\(error)"
    case .tooLarge(let bytes):
      self.init(413, "too-large", "The job is too large", "\(error)")
      cause = "\(bytes) bytes or more"
    }
  }

  private init(_ error: PolicyError) {
    switch error {
    case .unknownMember: self.init(400, "bad-body", "Malformed body", "\(error)")
    case .jobQueue, .jobDefinition, .member:
      self.init(403, "not-allowed", "Not allowed by the function's policy", "\(error)")
    }
    cause = "\(error)"
  }

  private init(_ error: BatchError, job: SubmitJobRequest?) {
    switch error {
    case .noCredentials(let error):
      self.init(503, "not-sent", "Batch was not reached", "Nothing was submitted. Send the request again later.")
      cause = "No credentials: \(error)"
    case .notSent(let error, let attempts):
      self.init(503, "not-sent", "Batch was not reached", "Nothing was submitted. Send the request again later.")
      cause = "\(error), after \(Self.count(attempts))"
    case .outcomeUnknown(let error):
      self.init(504, "outcome-unknown", "No response from Batch", Self.unknownOutcome("did not respond", job))
      isUnknown(job)
      cause = "\(error)"
    case .unreadableResponse:
      self.init(
        502, "unexpected-answer", "Unexpected response from Batch",
        Self.unknownOutcome("sent an unexpected response", job))
      isUnknown(job)
      cause = "status 200 with a body that is not SubmitJob's response"
    case .refused(let refusal, let attempts):
      self.init(refusal, attempts: attempts, job: job)
      cause = "Batch returned \(refusal.status) \(refusal.code.isEmpty ? "without an error code" : refusal.code)"
      // Any other message may quote the request, such as its members or signed headers.
      if refusal.meaning == .accessDenied { cause? += ": \(refusal.message)" }
    }
  }

  private init(_ refusal: BatchRefusal, attempts: Int, job: SubmitJobRequest?) {
    let said =
      refusal.message.isEmpty ? "Batch gives no reason." : "Batch says: \(refusal.message.redactingIdentityARNs)"
    switch refusal.meaning {
    case .badJob:
      self.init(400, "refused-by-batch", "Batch refused the job", said)
    case .accessDenied:
      var refused = "this"
      if let job { refused = "to job queue \"\(job.jobQueue)\" with job definition \"\(job.jobDefinition)\"" }
      self.init(
        403, "access-denied", "The function's role may not submit this",
        "The function's role may not submit \(refused). Allow the role batch:SubmitJob on both. \(said)")
    case .throttled:
      let seconds = max(1, refusal.retryAfter ?? 1)
      self.init(
        429, "throttled", "Too many requests to Batch",
        "Batch was too busy in \(Self.count(attempts)). Nothing was submitted. Send the request again after \(seconds) s."
      )
      headers = [("Retry-After", "\(seconds)")]
    case .functionAtFault:
      self.init(
        502, "function-fault", "The function failed",
        "Batch did not accept the function's credentials. Nothing was submitted. The function's log has Batch's reason."
      )
    case .unknown:
      self.init(
        502, "unexpected-answer", "Unexpected response from Batch",
        Self.unknownOutcome("returned status \(refusal.status)", job))
      isUnknown(job)
    }
  }

  private mutating func isUnknown(_ job: SubmitJobRequest?) {
    submitted = .unknown
    jobName = job?.jobName.description
  }

  private static func count(_ attempts: Int) -> String { attempts == 1 ? "1 attempt" : "\(attempts) attempts" }

  private static func unknownOutcome(_ what: String, _ job: SubmitJobRequest?) -> String {
    guard let job else { return "Batch \(what)." }
    return "Batch \(what), and may have the job. Before you send it again, look for it: aws batch list-jobs "
      + "--job-queue \(job.jobQueue) --filters name=JOB_NAME,values=\(job.jobName)"
  }
}
