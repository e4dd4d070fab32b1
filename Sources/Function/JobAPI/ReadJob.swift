internal import Batch
internal import Platform
internal import ProxyEvents

/// `GET …/queues/{jobQueue}/jobs/{jobId}`: a job's state, from DescribeJobs.
struct ReadJob {
  let batch: BatchClient

  func response(
    to request: ProxyRequest, _ id: JobID, in jobQueue: JobQueueName, of owner: SubmitterTag?, deadline: Timestamp
  ) throws(Failure) -> ProxyResponse {
    _ = try request.query([])
    let job = try Job.find(id, in: jobQueue, of: owner, batch: batch, deadline: deadline)
    var response = job.response(status: 200)
    if Self.matches(job.entityTag, request.headers("If-None-Match")) {
      response.status = 304
      response.headers.removeFirst()
      response.body = []
    }
    return response
  }

  /// Whether [If-None-Match](https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2) lists a tag, compared weakly.
  static func matches(_ entityTag: String, _ lines: [String]) -> Bool {
    lines.contains { line in
      line.utf8.split(separator: UInt8(ascii: ",")).contains { item in
        let item = item.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        return item.elementsEqual("*".utf8) || item.elementsEqual(entityTag.utf8)
          || item.elementsEqual("W/\(entityTag)".utf8)
      }
    }
  }
}
