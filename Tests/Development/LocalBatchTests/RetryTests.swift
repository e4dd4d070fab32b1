import LocalBatch
import Platform
import TestSupport
import Testing

@Suite("Retries")
struct RetryTests {
  private func job(
    _ client: SignedClient, _ clock: ManualClock, strategy: String
  ) async throws -> [String: Any] {
    let body = submitJob(#""retryStrategy":\#(strategy)"#, jobDefinition: "broken")
    let id = try await client.post("/v1/submitjob", body).jobID
    clock.advance(by: .seconds(250))
    return try await client.job(id)
  }

  @Test("a failed job is RUNNABLE again until its attempts are used up, each of them an own task")
  func attempts() async throws {
    try await withRunningBatch { clock, client in
      let body = submitJob(#""retryStrategy":{"attempts":3}"#, jobDefinition: "broken")
      let id = try await client.post("/v1/submitjob", body).jobID
      clock.advance(by: .seconds(13))
      let waiting = try await client.job(id)
      #expect(waiting["status"] as? String == "RUNNABLE")
      #expect(waiting["startedAt"] == nil)
      #expect((waiting["attempts"] as? [Any])?.count == 1)
      // Each of the other attempts is RUNNABLE and STARTING for 1 s, and RUNNING for 10 s.
      clock.advance(by: .milliseconds(23_999))
      #expect(try await client.statuses(id) == ["RUNNING"])
      clock.advance(by: .milliseconds(1))
      let ended = try await client.job(id)
      #expect(ended["status"] as? String == "FAILED")
      let attempts = try #require(ended["attempts"] as? [[String: Any]])
      #expect(attempts.map { $0["stoppedAt"] as? Int } == [13, 25, 37].map { testTime.milliseconds + $0 * 1000 })
      let tasks = attempts.compactMap { ($0["container"] as? [String: Any])?["taskArn"] as? String }
      #expect(Set(tasks).count == 3)
      #expect(ended["startedAt"] as? Int == testTime.milliseconds + 27_000)
      #expect((ended["container"] as? [String: Any])?["taskArn"] as? String == tasks.last)
    }
  }

  @Test(
    "the first condition whose patterns all match decides; without one, the job is tried again",
    arguments: [
      (#"[{"onExitCode":"1","action":"EXIT"}]"#, 1),
      (#"[{"onExitCode":"1*","action":"exit"}]"#, 1),
      (#"[{"onExitCode":"2","action":"EXIT"}]"#, 3),
      (#"[{"onExitCode":"1","action":"RETRY"},{"onExitCode":"*","action":"EXIT"}]"#, 3),
      (#"[{"onStatusReason":"Host EC2*","action":"RETRY"},{"onReason":"*","action":"EXIT"}]"#, 1),
      (#"[{"onStatusReason":"Essential container*","action":"EXIT"}]"#, 1),
      (#"[{"onStatusReason":"Essential container*","onExitCode":"137","action":"EXIT"}]"#, 3),
      (#"[{"onReason":"CannotPullContainerError*","action":"EXIT"}]"#, 3),
    ])
  func conditions(conditions: String, attempts: Int) async throws {
    try await withRunningBatch { clock, client in
      let job = try await job(client, clock, strategy: #"{"attempts":3,"evaluateOnExit":\#(conditions)}"#)
      #expect(job["status"] as? String == "FAILED")
      #expect((job["attempts"] as? [Any])?.count == attempts)
    }
  }

  @Test("a job that succeeds has one attempt, however many it may have")
  func success() async throws {
    try await withRunningBatch { clock, client in
      let id = try await client.submit(#""retryStrategy":{"attempts":10}"#).jobID
      clock.advance(by: .seconds(200))
      #expect((try await client.job(id)["attempts"] as? [Any])?.count == 1)
    }
  }
}
