package import Platform
package import RawJSON

extension BatchClient {
  /// DescribeJobs: the details of the jobs with these ids, at most 100. Batch leaves out a job that it doesn't know,
  /// no longer knows, or doesn't know yet.
  package func describeJobs(_ ids: [String], deadline: Timestamp) throws(BatchQueryError) -> [JSONObject] {
    var jobs: [JSONObject] = []
    try query(.describeJobs, JobSearch.describeBody(ids), deadline: deadline) { body throws(JSONError) in
      jobs = try JSONObject(parsing: body).objects("jobs")
    }
    return jobs
  }

  /// ListJobs: a page of a queue's jobs, and the token of the next page.
  package func listJobs(
    _ list: JobList, size: Int, after token: String?, deadline: Timestamp
  ) throws(BatchQueryError) -> (jobs: [JSONObject], nextToken: String?) {
    var page: (jobs: [JSONObject], nextToken: String?) = ([], nil)
    try query(.listJobs, list.body(size: size, after: token), deadline: deadline) { body throws(JSONError) in
      let response = try JSONObject(parsing: body)
      page = (try response.objects("jobSummaryList"), try response["nextToken"]?.string())
    }
    return page
  }

  /// TerminateJob, which ends a job in any state, and does nothing to one that has ended.
  package func terminateJob(_ id: JobID, reason: String, deadline: Timestamp) throws(BatchQueryError) {
    var writer = JSONWriter()
    writer.member("jobId", id.description)
    writer.member("reason", reason)
    // Its response has no members, and in some Batches not even braces.
    try query(.terminateJob, writer.bytes, deadline: deadline) { body throws(JSONError) in
      if !body.isEmpty { _ = try JSONObject(parsing: body) }
    }
  }
}

/// What a list of a queue's jobs is restricted to by Batch itself: by a state, or by one filter.
package struct JobList: Sendable {
  /// The queue.
  package let jobQueue: JobQueueName
  /// What Batch restricts the list by.
  package let restriction: Restriction

  /// A list.
  package init(_ jobQueue: JobQueueName, _ restriction: Restriction) {
    self.jobQueue = jobQueue
    self.restriction = restriction
  }

  /// The restrictions in use. With a filter, Batch lists jobs in any state, newest first; without one, those in a state.
  package enum Restriction: Sendable {
    case status(String)
    /// A name, or its beginning and `*`; it has nothing to escape.
    case name(String)
    case createdBefore(Timestamp)
    case createdAfter(Timestamp)
  }

  func body(size: Int, after token: String?) -> [UInt8] {
    var writer = JSONWriter()
    writer.member("jobQueue", jobQueue.description)
    switch restriction {
    case .status(let status): writer.member("jobStatus", status)
    case .name(let name): Self.filter("JOB_NAME", name, &writer)
    case .createdBefore(let time): Self.filter("BEFORE_CREATED_AT", "\(time.milliseconds)", &writer)
    case .createdAfter(let time): Self.filter("AFTER_CREATED_AT", "\(time.milliseconds)", &writer)
    }
    writer.member("maxResults", size)
    if let token { writer.member("nextToken", token) }
    return writer.bytes
  }

  private static func filter(_ name: String, _ value: String, _ writer: inout JSONWriter) {
    writer.members(written: Array(#""filters":[{"name":"\#(name)","values":["\#(value)"]}]"#.utf8)[...])
  }
}

extension JSONObject {
  /// The objects in a list.
  fileprivate func objects(_ name: String) throws(JSONError) -> [JSONObject] {
    guard let values = try self[name]?.array() else { throw .missing(name) }
    var objects: [JSONObject] = []
    for value in values { objects.append(try value.object()) }
    return objects
  }
}
