import LocalBatch
import Platform
import TestSupport
import Testing

@Suite("Dependencies and arrays of jobs that run")
struct RunningDependencyTests {
  @Test("each job of a chain starts when the one before it has ended, even if nothing looks at them meanwhile")
  func chain() async throws {
    try await withRunningBatch { clock, client in
      let first = try await client.submit().jobID
      let second = try await client.submit(#""dependsOn":[{"jobId":"\#(first)"}]"#).jobID
      let third = try await client.submit(#""dependsOn":[{"jobId":"\#(second)"},{"jobId":"\#(first)"}]"#).jobID
      clock.advance(by: .seconds(5))
      #expect(try await client.statuses(first, second, third) == ["RUNNING", "PENDING", "PENDING"])
      clock.advance(by: .seconds(8))
      #expect(try await client.statuses(first, second, third) == ["SUCCEEDED", "RUNNABLE", "PENDING"])
      clock.advance(by: .seconds(250))
      #expect(try await client.statuses(first, second, third) == ["SUCCEEDED", "SUCCEEDED", "SUCCEEDED"])
      // RUNNABLE and STARTING take 1 s each, RUNNING 10 s.
      #expect(try await client.job(second)["stoppedAt"] as? Int == testTime.milliseconds + 25_000)
      #expect(try await client.job(third)["stoppedAt"] as? Int == testTime.milliseconds + 37_000)
    }
  }

  @Test("a job doesn't wait for one that has succeeded, and fails with one that has failed")
  func late() async throws {
    try await withRunningBatch { clock, client in
      let good = try await client.submit().jobID
      let bad = try await client.post("/v1/submitjob", submitJob(jobDefinition: "broken")).jobID
      clock.advance(by: .seconds(20))
      let one = try await client.submit(#""dependsOn":[{"jobId":"\#(good)"}]"#).jobID
      let other = try await client.submit(#""dependsOn":[{"jobId":"\#(good)"},{"jobId":"\#(bad)"}]"#).jobID
      clock.advance(by: .seconds(1))
      #expect(try await client.statuses(one, other) == ["RUNNABLE", "FAILED"])
    }
  }

  @Test("jobs that depend on a job that fails, fail at its end and never run")
  func failure() async throws {
    try await withRunningBatch { clock, client in
      let body = submitJob(#""retryStrategy":{"attempts":2}"#, jobDefinition: "broken")
      let bad = try await client.post("/v1/submitjob", body).jobID
      let next = try await client.submit(#""dependsOn":[{"jobId":"\#(bad)"}]"#).jobID
      clock.advance(by: .seconds(14))
      #expect(try await client.statuses(bad, next) == ["STARTING", "PENDING"])
      clock.advance(by: .seconds(60))
      let job = try await client.job(next)
      #expect(job["statusReason"] as? String == "Dependent Job failed")
      #expect(job["stoppedAt"] as? Int == testTime.milliseconds + 25_000)
      #expect((job["attempts"] as? [Any])?.isEmpty == true)
      #expect(job["startedAt"] == nil)
    }
  }

  @Test("an array's children run side by side, and the array succeeds with the last of them")
  func array() async throws {
    try await withRunningBatch { clock, client in
      let id = try await client.submit(#""arrayProperties":{"size":3}"#).jobID
      clock.advance(by: .seconds(3))
      #expect(try await client.statuses(id, "\(id):0", "\(id):2") == ["PENDING", "RUNNING", "RUNNING"])
      let properties = try await client.job(id)["arrayProperties"] as? [String: Any]
      #expect((properties?["statusSummary"] as? [String: Int])?["RUNNING"] == 3)
      clock.advance(by: .seconds(10))
      let array = try await client.job(id)
      #expect(array["status"] as? String == "SUCCEEDED")
      #expect(array["stoppedAt"] as? Int == testTime.milliseconds + 13_000)
    }
  }

  @Test("an array fails with its children, after their retries")
  func failedArray() async throws {
    try await withRunningBatch { clock, client in
      let body = submitJob(#""arrayProperties":{"size":2},"retryStrategy":{"attempts":2}"#, jobDefinition: "broken")
      let id = try await client.post("/v1/submitjob", body).jobID
      clock.advance(by: .seconds(24))
      #expect(try await client.statuses(id, "\(id):0") == ["PENDING", "RUNNING"])
      clock.advance(by: .seconds(1))
      let array = try await client.job(id)
      #expect(array["status"] as? String == "FAILED")
      #expect(array["statusReason"] as? String == "Array Child Job failed")
    }
  }

  @Test("a sequential array runs one child after the other")
  func sequential() async throws {
    try await withRunningBatch { clock, client in
      let members = #""arrayProperties":{"size":3},"dependsOn":[{"type":"SEQUENTIAL"}]"#
      let id = try await client.submit(members).jobID
      clock.advance(by: .seconds(13))
      #expect(try await client.statuses("\(id):0", "\(id):1", "\(id):2") == ["SUCCEEDED", "RUNNABLE", "PENDING"])
      clock.advance(by: .seconds(100))
      #expect(try await client.job(id)["stoppedAt"] as? Int == testTime.milliseconds + 37_000)
    }
  }

  @Test("in an N_TO_N dependency a child waits for its counterpart alone, even if others fail")
  func nToN() async throws {
    try await withRunningBatch { clock, client in
      let size = #""arrayProperties":{"size":2}"#
      let first = try await client.submit(size).jobID
      let second = try await client.submit(#"\#(size),"dependsOn":[{"jobId":"\#(first)","type":"N_TO_N"}]"#).jobID
      let whole = try await client.submit(#""dependsOn":[{"jobId":"\#(first)"}]"#).jobID
      _ = try await client.post("/v1/terminatejob", #"{"jobId":"\#(first):0","reason":"r"}"#)
      clock.advance(by: .seconds(13))
      #expect(try await client.statuses(first, whole) == ["FAILED", "FAILED"])
      #expect(try await client.statuses(second, "\(second):0", "\(second):1") == ["PENDING", "FAILED", "RUNNABLE"])
      clock.advance(by: .seconds(12))
      #expect(try await client.statuses(second, "\(second):1") == ["FAILED", "SUCCEEDED"])
    }
  }

  @Test("10,000 children run to their end in one step")
  func many() async throws {
    try await withRunningBatch { clock, client in
      let id = try await client.submit(#""arrayProperties":{"size":10000}"#).jobID
      clock.advance(by: .seconds(13))
      #expect(try await client.statuses(id, "\(id):9999") == ["SUCCEEDED", "SUCCEEDED"])
    }
  }
}
