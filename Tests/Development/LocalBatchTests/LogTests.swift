import LocalBatch
import Platform
import TestSupport
import Testing

@Suite("The embedded Batch's log")
struct LogTests {
  private func lines(_ body: @Sendable (SignedClient) async throws -> Void) async throws -> [String] {
    let lines = Monitor<[String]>([])
    let clock = WallClock(now: { testTime }, sleep: { _ in })
    try await EmbeddedBatch(clock: clock).serve(log: { entry in lines.withLock { $0.append("\(entry)") } }) { port in
      try await body(SignedClient(port: port, clock: clock))
    }
    return lines.withLock { $0 }
  }

  @Test("has a line for each request, with the job that it was about")
  func requests() async throws {
    let id = Monitor("")
    let lines = try await lines { client in
      let job = try await client.submit().jobID
      id.withLock { $0 = job }
      _ = try await client.post("/v1/terminatejob", #"{"jobId":"\#(job)","reason":"r"}"#)
      _ = try await client.post("/v1/describejobqueues", "{}")
    }
    let job = id.withLock { $0 }
    #expect(
      lines == [
        "Batch POST /v1/submitjob 200 jobId=\(job)", "Batch POST /v1/terminatejob 200 jobId=\(job)",
        "Batch POST /v1/describejobqueues 200",
      ])
  }

  @Test("says why a request was refused, without control characters of the caller's")
  func refusals() async throws {
    let lines = try await lines { client in
      _ = try await client.post("/v1/submitjob", submitJob(jobQueue: #"a\u001b[2J"#))
      var other = client
      other.region = "us-east-2"
      _ = try await other.submit()
    }
    #expect(lines.first == "Batch POST /v1/submitjob 400: ClientException: JobQueue a?[2J not found.")
    #expect(lines.last?.hasPrefix("Batch POST /v1/submitjob 403: InvalidSignatureException: ") == true)
  }

  @Test("a request for an operation that isn't emulated is told which ones are")
  func unknown() async throws {
    try await withBatch { _, client in
      let response = try await client.post("/v1/createjobqueue", "{}")
      #expect(response.status == 404)
      #expect(
        response.message == "POST /v1/createjobqueue is not an operation of this Batch. It has these: CancelJob, "
          + "CancelJobs, DeregisterJobDefinition, DescribeJobDefinitions, DescribeJobQueues, DescribeJobs, ListJobs, "
          + "ListTagsForResource, RegisterJobDefinition, SubmitJob, TagResource, TerminateJob, TerminateJobs, "
          + "UntagResource, UpdateJobQueue")
    }
  }
}
