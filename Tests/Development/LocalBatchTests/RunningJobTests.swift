import LocalBatch
import Platform
import TestSupport
import Testing

/// A Batch whose jobs run for 10 s, and those of `broken` fail. The test moves its clock.
func withRunningBatch(
  runFor: Duration = .seconds(10), _ body: @Sendable (ManualClock, SignedClient) async throws -> Void
) async throws {
  let clock = ManualClock(at: testTime.milliseconds)
  let compute = EmbeddedBatch.Compute(runFor: runFor, failing: ["broken", "sample-job:1"])
  try await withBatch(jobDefinitions: ["broken", "broken:2"], compute: compute, clock: clock.clock) { _, client in
    try await body(clock, client)
  }
}

@Suite("The life of a job that runs")
struct RunningJobTests {
  @Test("a job is in each state for its time, and then SUCCEEDED")
  func states() async throws {
    try await withRunningBatch { clock, client in
      let id = try await client.submit().jobID
      for (seconds, status) in [
        (0, "SUBMITTED"), (1, "RUNNABLE"), (1, "STARTING"), (1, "RUNNING"), (9, "RUNNING"), (1, "SUCCEEDED"),
      ] {
        clock.advance(by: .seconds(seconds))
        #expect(try await client.statuses(id) == [status])
      }
    }
  }

  @Test("a job that has run has its times, its attempt, its exit code and its log stream")
  func details() async throws {
    try await withRunningBatch { clock, client in
      let id = try await client.submit().jobID
      clock.advance(by: .milliseconds(2500))
      let starting = try await client.job(id)
      #expect(starting["startedAt"] == nil)
      #expect((starting["container"] as? [String: Any])?["logStreamName"] == nil)
      clock.advance(by: .seconds(2))
      let running = try await client.job(id)
      #expect(running["startedAt"] as? Int == testTime.milliseconds + 3000)
      #expect(running["stoppedAt"] == nil)
      #expect((running["attempts"] as? [Any])?.isEmpty == true)
      let stream = try #require((running["container"] as? [String: Any])?["logStreamName"] as? String)
      #expect(stream.wholeMatch(of: /sample-job\/default\/[0-9a-f]{32}/) != nil)

      clock.advance(by: .seconds(100))
      let job = try await client.job(id)
      #expect(job["createdAt"] as? Int == testTime.milliseconds)
      #expect(job["startedAt"] as? Int == testTime.milliseconds + 3000)
      #expect(job["stoppedAt"] as? Int == testTime.milliseconds + 13_000)
      #expect(job["statusReason"] as? String == "Essential container in task exited")
      let attempt = try #require((job["attempts"] as? [[String: Any]])?.first)
      #expect(attempt["startedAt"] as? Int == testTime.milliseconds + 3000)
      #expect(attempt["stoppedAt"] as? Int == testTime.milliseconds + 13_000)
      #expect(attempt["statusReason"] as? String == "Essential container in task exited")
      let task = stream.suffix(32)
      for container in [attempt["container"], job["container"]] {
        let container = try #require(container as? [String: Any])
        #expect(container["exitCode"] as? Int == 0)
        #expect(container["logStreamName"] as? String == stream)
        #expect((container["taskArn"] as? String)?.hasPrefix("arn:aws:ecs:us-east-1:123456789012:task/") == true)
        #expect((container["taskArn"] as? String)?.hasSuffix("/\(task)") == true)
        #expect((container["containerInstanceArn"] as? String)?.contains(":container-instance/") == true)
      }
      for name in ["isCancelled", "isTerminated"] { #expect(job[name] as? Bool == false) }
    }
  }

  @Test("ListJobs shows RUNNING jobs by default, and the exit code of those that have ended")
  func list() async throws {
    try await withRunningBatch { clock, client in
      let id = try await client.submit().jobID
      clock.advance(by: .seconds(5))
      let running = try await client.post("/v1/listjobs", #"{"jobQueue":"sample-queue"}"#).list("jobSummaryList")
      #expect(running.map { $0["jobId"] as? String } == [id])
      #expect(running.first?["startedAt"] as? Int == testTime.milliseconds + 3000)
      clock.advance(by: .seconds(10))
      let ended = #"{"jobQueue":"sample-queue","jobStatus":"SUCCEEDED"}"#
      let job = try #require(try await client.post("/v1/listjobs", ended).list("jobSummaryList").first)
      #expect(job["container"] as? [String: Int] == ["exitCode": 0])
      #expect(job["stoppedAt"] as? Int == testTime.milliseconds + 13_000)
    }
  }

  @Test(
    "jobs of a failing definition fail with exit code 1",
    arguments: [
      ("broken:1", "FAILED"), ("broken", "FAILED"), ("sample-job:1", "FAILED"), ("sample-job:2", "SUCCEEDED"),
    ])
  func failure(definition: String, status: String) async throws {
    try await withRunningBatch { clock, client in
      let id = try await client.post("/v1/submitjob", submitJob(jobDefinition: definition)).jobID
      clock.advance(by: .seconds(13))
      let job = try await client.job(id)
      #expect(job["status"] as? String == status)
      #expect(job["statusReason"] as? String == "Essential container in task exited")
      #expect((job["container"] as? [String: Any])?["exitCode"] as? Int == (status == "FAILED" ? 1 : 0))
    }
  }

  @Test("a job that runs longer than its timeout is killed, and not tried again")
  func timeout() async throws {
    try await withRunningBatch(runFor: .seconds(90)) { clock, client in
      let members = #""timeout":{"attemptDurationSeconds":60},"retryStrategy":{"attempts":3}"#
      let id = try await client.submit(members).jobID
      let other = try await client.submit(#""timeout":{"attemptDurationSeconds":90}"#).jobID
      clock.advance(by: .milliseconds(62_999))
      #expect(try await client.statuses(id) == ["RUNNING"])
      clock.advance(by: .seconds(200))
      let job = try await client.job(id)
      #expect(job["status"] as? String == "FAILED")
      #expect(job["statusReason"] as? String == "Job attempt duration exceeded timeout")
      #expect(job["stoppedAt"] as? Int == testTime.milliseconds + 63_000)
      #expect((job["attempts"] as? [Any])?.count == 1)
      #expect((job["container"] as? [String: Any])?["exitCode"] as? Int == 137)
      #expect(try await client.statuses(other) == ["SUCCEEDED"])
    }
  }

  @Test("jobs that are submitted after the clock jumped have times of their own")
  func jump() async throws {
    try await withRunningBatch { clock, client in
      let first = try await client.submit().jobID
      clock.advance(by: .seconds(7200))
      let second = try await client.submit().jobID
      #expect(try await client.statuses(first, second) == ["SUCCEEDED", "SUBMITTED"])
      #expect(try await client.job(first)["stoppedAt"] as? Int == testTime.milliseconds + 13_000)
      clock.advance(by: .seconds(-60))
      #expect(try await client.statuses(first, second) == ["SUCCEEDED", "SUBMITTED"])
      clock.advance(by: .seconds(73))
      #expect(try await client.job(second)["stoppedAt"] as? Int == testTime.milliseconds + 7_213_000)
    }
  }
}
