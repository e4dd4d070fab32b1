import LocalBatch
import Platform
import TestSupport
import Testing

@Suite("Stopping jobs that run")
struct StopRunningJobTests {
  private func stop(_ client: SignedClient, _ operation: String, _ id: String) async throws {
    let response = try await client.post("/v1/\(operation)", #"{"jobId":"\#(id)","reason":"no need"}"#)
    #expect(response.status == 200)
  }

  @Test(
    "CancelJob ends a job before it starts, and leaves one alone that has started",
    arguments: [(0, "FAILED"), (1, "FAILED"), (2, "STARTING"), (3, "RUNNING"), (13, "SUCCEEDED")])
  func cancel(seconds: Int, status: String) async throws {
    try await withRunningBatch { clock, client in
      let id = try await client.submit().jobID
      clock.advance(by: .seconds(seconds))
      try await stop(client, "canceljob", id)
      let job = try await client.job(id)
      #expect(job["status"] as? String == status)
      #expect(job["isCancelled"] as? Bool == (status == "FAILED"))
      clock.advance(by: .seconds(60))
      #expect(try await client.statuses(id) == [status == "FAILED" ? "FAILED" : "SUCCEEDED"])
    }
  }

  @Test("TerminateJob kills a running job's container, and its attempt has the reason")
  func terminate() async throws {
    try await withRunningBatch { clock, client in
      let id = try await client.submit(#""retryStrategy":{"attempts":3}"#).jobID
      clock.advance(by: .seconds(5))
      try await stop(client, "terminatejob", id)
      clock.advance(by: .seconds(60))
      let job = try await client.job(id)
      #expect(job["status"] as? String == "FAILED")
      #expect(job["statusReason"] as? String == "no need")
      #expect(job["isTerminated"] as? Bool == true)
      #expect(job["stoppedAt"] as? Int == testTime.milliseconds + 5000)
      let attempts = try #require(job["attempts"] as? [[String: Any]])
      #expect(attempts.map { $0["statusReason"] as? String } == ["no need"])
      #expect((attempts.first?["container"] as? [String: Any])?["exitCode"] as? Int == 137)
    }
  }

  @Test("a job that is terminated while it starts has no attempt")
  func terminateStarting() async throws {
    try await withRunningBatch { clock, client in
      let id = try await client.submit().jobID
      clock.advance(by: .seconds(2))
      try await stop(client, "terminatejob", id)
      let job = try await client.job(id)
      #expect(job["status"] as? String == "FAILED")
      #expect((job["attempts"] as? [Any])?.isEmpty == true)
      #expect(job["startedAt"] == nil)
    }
  }

  @Test("cancelling an array ends the children that wait, and the array when the others have ended")
  func cancelArray() async throws {
    try await withRunningBatch { clock, client in
      let members = #""arrayProperties":{"size":3},"dependsOn":[{"type":"SEQUENTIAL"}]"#
      let id = try await client.submit(members).jobID
      clock.advance(by: .seconds(5))
      try await stop(client, "canceljob", id)
      let children = ["\(id):0", "\(id):1", "\(id):2"]
      #expect(try await client.statuses(id, children[0], children[1]) == ["PENDING", "RUNNING", "FAILED"])
      clock.advance(by: .seconds(8))
      let array = try await client.job(id)
      #expect(array["status"] as? String == "FAILED")
      #expect(array["statusReason"] as? String == "no need")
      #expect(array["isCancelled"] as? Bool == true)
      #expect(try await client.statuses(children[0], children[2]) == ["SUCCEEDED", "FAILED"])
    }
  }

  @Test("cancelling an array whose children all run changes nothing; terminating it ends them")
  func stopRunningArray() async throws {
    try await withRunningBatch { clock, client in
      let cancelled = try await client.submit(#""arrayProperties":{"size":2}"#).jobID
      let terminated = try await client.submit(#""arrayProperties":{"size":2}"#).jobID
      clock.advance(by: .seconds(5))
      try await stop(client, "canceljob", cancelled)
      try await stop(client, "terminatejob", terminated)
      #expect(try await client.statuses(terminated, "\(terminated):1") == ["FAILED", "FAILED"])
      clock.advance(by: .seconds(8))
      let array = try await client.job(cancelled)
      #expect(array["status"] as? String == "SUCCEEDED")
      #expect(array["isCancelled"] as? Bool == false)
    }
  }

  @Test("CancelJobs and TerminateJobs stop up to 50 jobs, and count unknown ones as stopped")
  func several() async throws {
    try await withRunningBatch { clock, client in
      let running = try await client.submit().jobID
      clock.advance(by: .seconds(5))
      let waiting = try await client.submit().jobID
      let body = #"{"jobs":["\#(running)","\#(waiting)","unknown",""],"reason":"no need"}"#
      let cancelled = try await client.post("/v1/canceljobs", body)
      #expect(cancelled.json["successful"] as? [String] == [running, waiting, "unknown"])
      #expect(cancelled.list("errors").map { $0["code"] as? String } == ["ValidationException"])
      #expect(try await client.statuses(running, waiting) == ["RUNNING", "FAILED"])
      #expect(try await client.post("/v1/terminatejobs", body).status == 200)
      #expect(try await client.statuses(running) == ["FAILED"])
      #expect(try await client.job(running)["isTerminated"] as? Bool == true)
      let many = Array(repeating: #""x""#, count: 51).joined(separator: ",")
      for body in [#"{"jobs":[\#(many)],"reason":"r"}"#, #"{"jobs":[],"reason":"r"}"#, #"{"jobs":["x"]}"#] {
        #expect(try await client.post("/v1/terminatejobs", body).errorType == "ClientException")
      }
    }
  }
}
