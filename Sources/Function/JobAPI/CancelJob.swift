internal import Batch
internal import Platform
internal import ProxyEvents

/// `DELETE …/queues/{jobQueue}/jobs/{jobId}`: ends a job by TerminateJob, unless it has ended.
struct CancelJob {
  /// The longest reason that Batch takes, in Unicode scalar values.
  private static let longestReason = 1024

  let batch: BatchClient

  /// A 202 with the job's state before Batch was asked to end it, or a 200 if it had ended: a client may repeat it.
  func response(
    to request: ProxyRequest, _ id: JobID, in jobQueue: JobQueueName, of owner: SubmitterTag?, requestID: String,
    deadline: Timestamp
  ) throws(Failure) -> ProxyResponse {
    let reason = try request.query(["reason"]).first?.value ?? ""
    guard reason.unicodeScalars.count <= Self.longestReason else {
      throw .parameter(.invalid("reason", reason, "a text of at most \(Self.longestReason) characters"))
    }
    let job = try Job.find(id, in: jobQueue, of: owner, batch: batch, deadline: deadline)
    if job.hasEnded { return job.response(status: 200) }
    try failing(Failure.query) { () throws(BatchQueryError) in
      try batch.terminateJob(
        id, reason: reason.isEmpty ? "Cancelled through apigw-batch, request \(requestID)" : reason, deadline: deadline)
    }
    return job.response(status: 202)
  }
}
