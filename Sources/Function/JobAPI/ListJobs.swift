internal import Batch
internal import Platform
internal import ProxyEvents
internal import RawJSON

/// `GET …/queues/{jobQueue}/jobs`: a queue's jobs, newest first, from ListJobs. With one state and no filter, Batch does
/// not promise an order, so that each page is put into it here.
struct ListJobs {
  /// The most pages of Batch's that are read for one page. What Batch can't filter may be rare.
  private static let maximumPages = 5

  let batch: BatchClient

  /// A page of jobs, and how many there are. It may be shorter than its limit, even empty, and not be the last one.
  func response(
    to request: ProxyRequest, in jobQueue: JobQueueName, of owner: SubmitterTag?, deadline: Timestamp
  ) throws(Failure) -> (response: ProxyResponse, count: Int) {
    let list = "\(jobQueue) \(owner?.value ?? "")"
    let query = try ListQuery(request, list: list)
    var jobs: [JSONObject] = []
    var token = query.token
    var pages = 0
    repeat {
      let page = try failing(Failure.query) { () throws(BatchQueryError) in
        try batch.listJobs(
          JobList(jobQueue, query.restriction), size: query.limit - jobs.count, after: token, deadline: deadline)
      }
      pages += 1
      token = page.jobs.last.map(query.isTooOld) == true ? nil : page.nextToken
      jobs += try owned(page.jobs.filter(query.includes), in: jobQueue, by: owner, deadline: deadline)
      // A page that is half full is good enough: the next one of Batch's would be small.
    } while token != nil && pages < Self.maximumPages && jobs.count * 2 < query.limit

    if case .status = query.restriction {
      let never = Timestamp(milliseconds: 0)
      jobs.sort { $0["createdAt"]?.milliseconds ?? never > $1["createdAt"]?.milliseconds ?? never }
    }

    var headers: [HTTPHeader] = [("Content-Type", "application/json")]
    var body = Array(#"{"jobs":["#.utf8)
    for job in jobs {
      if body.last == UInt8(ascii: "}") { body.append(UInt8(ascii: ",")) }
      body += JobCut.bytes(JobCut.summary, of: job)
    }
    body.append(UInt8(ascii: "]"))
    if let token {
      let next = query.nextToken(token, list: list)
      var writer = JSONWriter()
      writer.member("nextToken", next)
      body.append(UInt8(ascii: ","))
      body += writer.bytes.dropFirst().dropLast()
      headers.append(("Link", "<\(query.reference(next))>; rel=\"next\""))
    }
    body.append(UInt8(ascii: "}"))
    return (ProxyResponse(status: 200, headers: headers, body: body), jobs.count)
  }

  /// The jobs with the owner's tag; all of them without an owner. ListJobs doesn't have the tags.
  private func owned(
    _ jobs: [JSONObject], in jobQueue: JobQueueName, by owner: SubmitterTag?, deadline: Timestamp
  ) throws(Failure) -> [JSONObject] {
    guard let owner else { return jobs }
    let ids = jobs.compactMap { $0.text("jobId").flatMap(JobID.init)?.description }
    guard !ids.isEmpty else { return [] }
    let details = try failing(Failure.query) { () throws(BatchQueryError) in
      try batch.describeJobs(ids, deadline: deadline)
    }
    let own = details.filter { $0.isIn(jobQueue) && owner.marks($0) }.compactMap { $0.text("jobId") }
    return jobs.filter { job in job.text("jobId").map(own.contains) ?? false }
  }
}
