import LocalBatch
import Platform
import TestSupport
import Testing

@Suite("ListJobs and the Describe operations")
struct ListAndDescribeTests {
  private func names(_ client: SignedClient, _ request: String) async throws -> [String?] {
    try await client.post("/v1/listjobs", request).list("jobSummaryList").map { $0["jobName"] as? String }
  }

  @Test("lists a queue's jobs in one state, newest first; by default, those that are RUNNING")
  func status() async throws {
    try await withBatch(jobQueues: ["other"]) { _, client in
      for name in ["a", "b"] { _ = try await client.submit(jobName: name) }
      _ = try await client.post("/v1/submitjob", submitJob(jobQueue: "other"))
      #expect(try await names(client, #"{"jobQueue":"sample-queue","jobStatus":"RUNNABLE"}"#) == ["b", "a"])
      #expect(try await names(client, #"{"jobQueue":"sample-queue"}"#) == [])
      let unknown = try await client.post("/v1/listjobs", #"{"jobQueue":"nowhere"}"#)
      #expect(unknown.message == "JobQueue nowhere not found.")
    }
  }

  @Test("a list shows a job only after the delay; DescribeJobs shows it at once")
  func delay() async throws {
    let clock = ManualClock(at: testTime.milliseconds)
    try await withBatch(listDelay: .seconds(2), clock: clock.clock) { _, client in
      let job = try await client.submit(jobName: "a").jobID
      let request = #"{"jobQueue":"sample-queue","jobStatus":"RUNNABLE"}"#
      #expect(try await names(client, request) == [])
      let described = try await client.post("/v1/describejobs", #"{"jobs":["\#(job)"]}"#)
      #expect(described.list("jobs").count == 1)
      clock.advance(by: .milliseconds(1999))
      #expect(try await names(client, request) == [])
      clock.advance(by: .milliseconds(1))
      #expect(try await names(client, request) == ["a"])
    }
  }

  @Test("a job that ends between two pages of a list doesn't repeat or hide another job")
  func pages() async throws {
    try await withBatch { _, client in
      var ids: [String: String] = [:]
      for name in ["a", "b", "c", "d", "e"] { ids[name] = try await client.submit(jobName: name).jobID }
      let request = #""jobQueue":"sample-queue","jobStatus":"RUNNABLE","maxResults":2"#
      let first = try await client.post("/v1/listjobs", "{\(request)}")
      #expect(first.list("jobSummaryList").map { $0["jobName"] as? String } == ["e", "d"])
      let gone = try #require(ids["d"])
      _ = try await client.post("/v1/canceljob", #"{"jobId":"\#(gone)","reason":"r"}"#)
      let token = try #require(first.json["nextToken"] as? String)
      let second = try await client.post("/v1/listjobs", #"{\#(request),"nextToken":"\#(token)"}"#)
      #expect(second.list("jobSummaryList").map { $0["jobName"] as? String } == ["c", "b"])
      let last = try #require(second.json["nextToken"] as? String)
      let third = try await client.post("/v1/listjobs", #"{\#(request),"nextToken":"\#(last)"}"#)
      #expect(third.list("jobSummaryList").map { $0["jobName"] as? String } == ["a"])
      #expect(third.json["nextToken"] == nil)
    }
  }

  @Test("filters by name, definition, time and share identifier, whatever the state")
  func filters() async throws {
    try await withBatch { _, client in
      _ = try await client.submit(jobName: "Report-1")
      _ = try await client.submit(#""shareIdentifier":"team""#, jobName: "resize")
      _ = try await client.post("/v1/submitjob", submitJob(jobName: "old", jobDefinition: "sample-job:1"))
      func filtered(_ name: String, _ value: String) async throws -> [String?] {
        let filter = #"[{"name":"\#(name)","values":["\#(value)"]}]"#
        return try await names(client, #"{"jobQueue":"sample-queue","filters":\#(filter)}"#)
      }
      let time = testTime.milliseconds
      let revision = "arn:aws:batch:us-east-1:123456789012:job-definition/sample-job:1"
      #expect(try await filtered("JOB_NAME", "report-1") == ["Report-1"])
      #expect(try await filtered("JOB_NAME", "re*") == ["resize", "Report-1"])
      #expect(try await filtered("JOB_DEFINITION", "sample-job") == ["old", "resize", "Report-1"])
      #expect(try await filtered("JOB_DEFINITION", revision) == ["old"])
      #expect(try await filtered("AFTER_CREATED_AT", "\(time)") == [])
      #expect(try await filtered("AFTER_CREATED_AT", "\(time - 1)").count == 3)
      #expect(try await filtered("BEFORE_CREATED_AT", "\(time + 1)").count == 3)
      #expect(try await filtered("SHARE_IDENTIFIER", "team") == ["resize"])
    }
  }

  @Test(
    "rejects an invalid ListJobs request",
    arguments: [
      "{}", #"{"jobQueue":"sample-queue","arrayJobId":"x"}"#, #"{"jobQueue":"sample-queue","jobStatus":"DONE"}"#,
      #"{"jobQueue":"sample-queue","maxResults":0}"#, #"{"jobQueue":"sample-queue","maxResults":1001}"#,
      #"{"jobQueue":"sample-queue","nextToken":"?"}"#,
      #"{"jobQueue":"sample-queue","filters":[{"name":"COLOUR","values":["x"]}]}"#,
      #"{"jobQueue":"sample-queue","filters":[{"name":"JOB_NAME","values":[]}]}"#,
      #"{"jobQueue":"sample-queue","filters":[{"name":"AFTER_CREATED_AT","values":["noon"]}]}"#,
      #"{"jobQueue":"sample-queue","filters":[{"name":"JOB_NAME","values":["a"]},{"name":"JOB_NAME","values":["b"]}]}"#,
    ])
  func badLists(request: String) async throws {
    try await withBatch { _, client in
      let response = try await client.post("/v1/listjobs", request)
      #expect(response.errorType == "ClientException")
    }
  }

  @Test("describes the jobs that exist, in the order requested, at most 100 at once")
  func jobs() async throws {
    try await withBatch { _, client in
      let (one, other) = (try await client.submit().jobID, try await client.submit().jobID)
      let response = try await client.post("/v1/describejobs", #"{"jobs":["\#(other)","unknown","\#(one)"]}"#)
      #expect(response.list("jobs").map { $0["jobId"] as? String } == [other, one])
      #expect(try await client.post("/v1/describejobs", "{}").message?.contains("jobs is required") == true)
      let many = Array(repeating: #""x""#, count: 101).joined(separator: ",")
      #expect(try await client.post("/v1/describejobs", #"{"jobs":[\#(many)]}"#).errorType == "ClientException")
    }
  }

  @Test("describes queues by name and ARN, page by page")
  func queues() async throws {
    try await withBatch(jobQueues: ["reports"]) { _, client in
      func queues(_ request: String) async throws -> [String?] {
        try await client.post("/v1/describejobqueues", request).list("jobQueues").map { $0["jobQueueName"] as? String }
      }
      #expect(try await queues("{}") == ["reports", "sample-queue"])
      let arn = "arn:aws:batch:us-east-1:123456789012:job-queue/reports"
      #expect(try await queues(#"{"jobQueues":["\#(arn)","nowhere"]}"#) == ["reports"])
      let page = try await client.post("/v1/describejobqueues", #"{"maxResults":1}"#)
      let token = try #require(page.json["nextToken"] as? String)
      #expect(try await queues(#"{"maxResults":1,"nextToken":"\#(token)"}"#) == ["sample-queue"])
      #expect(try await client.post("/v1/describejobqueues", #"{"maxResults":101}"#).errorType == "ClientException")
    }
  }

  @Test("describes definitions by name, revision, ARN and status")
  func definitions() async throws {
    try await withBatch(jobDefinitions: ["resize:10", "resize:9"]) { _, client in
      func definitions(_ request: String) async throws -> [String] {
        try await client.post("/v1/describejobdefinitions", request).list("jobDefinitions").map {
          "\($0["jobDefinitionName"] ?? ""):\($0["revision"] ?? "")"
        }
      }
      #expect(try await definitions("{}") == ["resize:9", "resize:10", "sample-job:1", "sample-job:2", "sample-job:3"])
      #expect(try await definitions(#"{"jobDefinitionName":"resize"}"#) == ["resize:9", "resize:10"])
      #expect(try await definitions(#"{"jobDefinitions":["sample-job:2","sample-job:8"]}"#) == ["sample-job:2"])
      #expect(try await definitions(#"{"status":"INACTIVE"}"#) == [])
      let page = try await client.post("/v1/describejobdefinitions", #"{"maxResults":1,"status":"ACTIVE"}"#)
      let token = try #require(page.json["nextToken"] as? String)
      #expect(try await definitions(#"{"maxResults":1,"nextToken":"\#(token)"}"#) == ["resize:10"])
      let both = try await client.post(
        "/v1/describejobdefinitions", #"{"jobDefinitions":["sample-job:2"],"status":"ACTIVE"}"#)
      #expect(both.errorType == "ClientException")
    }
  }

  @Test("describes disabled queues and inactive definitions, and rejects jobs for them")
  func disabled() async throws {
    try await withBatch(
      jobDefinitions: ["resize:1"], disabledJobQueues: ["closed"], inactiveJobDefinitions: ["resize:2", "gone"]
    ) { batch, client in
      let queues = try await client.post("/v1/describejobqueues", "{}").list("jobQueues")
      #expect(queues.map { $0["state"] as? String } == ["DISABLED", "ENABLED"])
      func revisions(_ request: String) async throws -> [String] {
        try await client.post("/v1/describejobdefinitions", request).list("jobDefinitions").map {
          "\($0["jobDefinitionName"] ?? ""):\($0["revision"] ?? "") \($0["status"] ?? "")"
        }
      }
      #expect(try await revisions(#"{"status":"INACTIVE"}"#) == ["gone:1 INACTIVE", "resize:2 INACTIVE"])
      #expect(try await revisions(#"{"jobDefinitionName":"resize"}"#) == ["resize:1 ACTIVE", "resize:2 INACTIVE"])

      let closed = try await client.post("/v1/submitjob", submitJob(jobQueue: "closed"))
      #expect(closed.errorType == "ClientException")
      #expect(closed.message?.contains("closed") == true)
      for definition in ["gone", "resize:2"] {
        let refused = try await client.post("/v1/submitjob", submitJob(jobDefinition: definition))
        #expect(refused.message == "JobDefinition name \(definition) does not exist or is not in ACTIVE status")
      }
      let job = try await client.post("/v1/submitjob", submitJob(jobDefinition: "resize"))
      #expect((try await client.job(job.jobID)["jobDefinition"] as? String)?.hasSuffix("resize:1") == true)
    }
  }
}
