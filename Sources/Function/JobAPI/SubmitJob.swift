internal import Batch
internal import Idempotency
internal import Platform
internal import ProxyEvents

/// `POST …/jobs/{jobQueue}/{jobDefinition}`: submits a job by SubmitJob, once for a key if the request has one.
struct SubmitJob {
  let policy: Policy
  let batch: BatchClient
  let keys: KeyPolicy

  /// Batch's own response. The table of keys may be written until `recordDeadline`.
  func response(
    to request: ProxyRequest, _ jobDefinition: JobDefinitionName, in jobQueue: JobQueueName,
    by submitter: SubmitterTag?,
    requestID: String, deadline: Timestamp, recordDeadline: Timestamp, _ outcome: inout SubmitJobOutcome
  ) throws(Failure) -> ProxyResponse {
    try failing(Failure.mediaType) { () throws(MediaTypeError) in try MediaType.check(request) }
    let keyed = try keys.request(request, for: jobDefinition, in: jobQueue)
    let job = try failing(Failure.job) { () throws(SubmitJobRequestError) in
      try SubmitJobRequest(
        jobQueue: jobQueue, jobDefinition: jobDefinition, members: request.body, id: keyed?.hash ?? requestID,
        requestTag: keyed?.hash, submitter: submitter)
    }
    outcome.job = job
    try failing(Failure.policy) { () throws(PolicyError) in try policy.check(job) }
    var headers: [HTTPHeader] = [("Content-Type", "application/json")]
    let response: SubmitJobResponse
    outcome.action = "Submitted the job"
    if let keyed {
      let result = try keys.submit(job, keyed, deadline: deadline, recordDeadline: recordDeadline)
      if result.isReplay {
        headers.append(("Idempotent-Replayed", "true"))
        outcome.action = "Found the job of an earlier request with the same Idempotency-Key"
      }
      (response, outcome.note) = (result.response, result.note)
    } else {
      response = try failing(Failure.batch) { () throws(BatchError) in try batch.submitJob(job, deadline: deadline) }
    }
    outcome.response = response
    outcome.jobID = response.jobID
    headers.append(("Location", Self.location(of: response.jobID, in: jobQueue, from: request)))
    return ProxyResponse(status: 200, headers: headers, body: response.body)
  }

  /// A reference to the job, relative to `…/jobs/{jobQueue}/{jobDefinition}`, because only the client knows the stage or
  /// the base path before it.
  private static func location(of id: String, in jobQueue: JobQueueName, from request: ProxyRequest) -> String {
    let up = request.pathEndsInSlash ? "../../.." : "../.."
    return "\(up)/queues/\(jobQueue)/jobs/\(id.percentEncoded())"
  }
}
