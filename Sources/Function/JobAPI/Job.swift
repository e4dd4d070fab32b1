internal import Batch
internal import Platform
internal import ProxyEvents
internal import RawJSON
internal import SigV4

/// A job of a queue, as callers get it.
struct Job {
  /// The seconds after which a caller may ask for a job again that hasn't ended.
  private static let pause = 10

  /// The job, cut to what callers get.
  let body: [UInt8]
  /// Whether its state is final.
  let hasEnded: Bool

  init(_ detail: JSONObject) {
    body = JobCut.bytes(JobCut.detail, of: detail)
    let status = (try? detail["status"]?.string()) ?? ""
    hasEnded = status == "SUCCEEDED" || status == "FAILED"
  }

  /// A strong validator: another body has another.
  var entityTag: String { "\"\(String(SHA256().digest(body).base64URL.prefix(22)))\"" }

  /// The response that describes the job.
  func response(status: Int) -> ProxyResponse {
    ProxyResponse(
      status: status,
      headers: [("Content-Type", "application/json"), ("ETag", entityTag)]
        + (hasEnded ? [] : [("Retry-After", "\(Self.pause)")]),
      body: body)
  }

  /// Looks for a job that is in a queue, and has the owner's tag if there is an owner.
  ///
  /// What is in another queue, or someone else's, doesn't exist here.
  static func find(
    _ id: JobID, in jobQueue: JobQueueName, of owner: SubmitterTag?, batch: BatchClient, deadline: Timestamp
  ) throws(Failure) -> Job {
    // A child has the tags of its array job, whatever Batch says of its own.
    let array = owner == nil ? nil : id.array
    let jobs = try failing(Failure.query) { () throws(BatchQueryError) in
      try batch.describeJobs([id.description] + (array.map { [$0] } ?? []), deadline: deadline)
    }
    func named(_ id: String) -> JSONObject? { jobs.first { $0.text("jobId") == id && $0.isIn(jobQueue) } }
    guard let job = named(id.description) else { throw .noSuchJob(id) }
    if let owner {
      guard let tagged = array.map(named) ?? job, owner.marks(tagged) else { throw .noSuchJob(id) }
    }
    return Job(job)
  }
}

extension JSONObject {
  /// A member that is text; nil if it is missing or something else.
  func text(_ name: String) -> String? { try? self[name]?.string() }

  /// Whether DescribeJobs says that the job is in a queue.
  func isIn(_ jobQueue: JobQueueName) -> Bool {
    guard let arn = try? self["jobQueue"]?.utf8() else { return false }
    return arn.reversed().starts(with: ":job-queue/\(jobQueue)".utf8.reversed())
  }
}
