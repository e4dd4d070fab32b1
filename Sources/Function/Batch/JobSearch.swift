package import Platform
package import RawJSON

/// A search for the job that was submitted for a request.
package struct JobSearch: Sendable {
  /// The queue that the job was submitted to.
  package let jobQueue: JobQueueName
  /// The job's name.
  package let jobName: JobName
  /// The value of its tag `RequestTag.name`.
  package let request: String
  /// A time before the job can have been created: older jobs are not looked at.
  package let earliest: Timestamp

  /// A search.
  package init(jobQueue: JobQueueName, jobName: JobName, request: String, earliest: Timestamp) {
    self.jobQueue = jobQueue
    self.jobName = jobName
    self.request = request
    self.earliest = earliest
  }

  /// The outcome of a search.
  package enum Outcome: Sendable {
    /// The job, as SubmitJob's response describes it.
    case found(SubmitJobResponse)
    /// No such job is listed.
    case none
    /// A job of this name is listed, but DescribeJobs doesn't know it yet, so that its tags are unknown.
    case undescribed
  }
}

extension JobSearch {
  /// The body of a ListJobs request for a page of jobs of this name, in any state.
  func listBody(after token: String?) -> [UInt8] {
    // The most that a page has with a filter.
    JobList(jobQueue, .name(jobName.description)).body(size: 100, after: token)
  }

  /// The body of a DescribeJobs request; an id has nothing to escape.
  static func describeBody(_ ids: [String]) -> [UInt8] {
    Array(#"{"jobs":["\#(ids.joined(separator: #"",""#))"]}"#.utf8)
  }

  /// A page of ListJobs: the ids of the jobs that may be the one, and the token of the next page.
  ///
  /// The filter ignores case and lists the jobs newest first, so a page of old jobs alone is the last one of interest.
  func candidates(in page: JSONObject) throws(JSONError) -> (ids: [String], nextToken: String?) {
    guard let summaries = try page["jobSummaryList"]?.array() else { throw .missing("jobSummaryList") }
    var ids: [String] = []
    var isOld = !summaries.isEmpty
    for summary in summaries {
      let job = try summary.object()
      let isTooOld = job["createdAt"]?.milliseconds.map { $0 < earliest } ?? false
      isOld = isOld && isTooOld
      guard !isTooOld, try job["jobName"]?.string() == jobName.description, let id = try job["jobId"]?.string(),
        id.utf8.allSatisfy({ $0.isAlphanumeric || $0 == UInt8(ascii: "-") })
      else { continue }
      ids.append(id)
    }
    return (ids, isOld ? nil : try page["nextToken"]?.string())
  }

  /// What DescribeJobs says about the candidates.
  func match(_ ids: [String], in description: JSONObject) throws(JSONError) -> Outcome {
    guard let jobs = try description["jobs"]?.array() else { throw .missing("jobs") }
    var unknown = Set(ids)
    for value in jobs {
      let job = try value.object()
      guard let id = try job["jobId"]?.string() else { throw .missing("jobId") }
      unknown.remove(id)
      guard ids.contains(id), try job["tags"]?.object()["\(RequestTag.name)"]?.string() == request else { continue }
      var writer = JSONWriter()
      if let arn = try job["jobArn"]?.string() { writer.member("jobArn", arn) }
      writer.member("jobId", id)
      writer.member("jobName", jobName.description)
      if let response = SubmitJobResponse(body: writer.bytes, attempts: 0) { return .found(response) }
    }
    return unknown.isEmpty ? .none : .undescribed
  }
}

extension JSONValue {
  /// A number of milliseconds since the Unix epoch; nil for anything else.
  package var milliseconds: Timestamp? {
    Double(String(decoding: bytes, as: UTF8.self)).flatMap { Int(exactly: $0.rounded()) }.map(Timestamp.init)
  }
}
