import LocalBatch
import Platform
import Testing

@Suite("The life of a job without compute")
struct JobLifeTests {
  @Test("a job is described as submitted, with its overrides merged into the definition's container")
  func describe() async throws {
    try await withBatch { _, client in
      let id = try await client.submit(
        #"""
        "parameters":{"n":"1.10"},"tags":{"team":"a"},"timeout":{"attemptDurationSeconds":90},"retryStrategy":{"attempts":3},
        "propagateTags":true,"containerOverrides":{"command":["ls"],"environment":[{"name":"A","value":"b"}],
        "resourceRequirements":[{"type":"VCPU","value":"4"}]}
        """#
      ).jobID
      let job = try await client.job(id)
      #expect(job["status"] as? String == "RUNNABLE")
      #expect(job["createdAt"] as? Int == testTime.milliseconds)
      #expect(job["startedAt"] == nil)
      #expect(job["parameters"] as? [String: String] == ["n": "1.10"])
      #expect(job["tags"] as? [String: String] == ["team": "a"])
      #expect(job["timeout"] as? [String: Int] == ["attemptDurationSeconds": 90])
      #expect((job["retryStrategy"] as? [String: Any])?["attempts"] as? Int == 3)
      #expect(job["propagateTags"] as? Bool == true)
      let container = try #require(job["container"] as? [String: Any])
      #expect(container["command"] as? [String] == ["ls"])
      #expect(container["environment"] as? [[String: String]] == [["name": "A", "value": "b"]])
      #expect(
        container["resourceRequirements"] as? [[String: String]]
          == [["type": "MEMORY", "value": "512"], ["type": "VCPU", "value": "4"]])
    }
  }

  @Test("cancelling or terminating a job ends it once, with the given reason")
  func stop() async throws {
    try await withBatch { _, client in
      for (path, flag) in [("/v1/canceljob", "isCancelled"), ("/v1/terminatejob", "isTerminated")] {
        let id = try await client.submit().jobID
        let response = try await client.post(path, #"{"jobId":"\#(id)","reason":"no need"}"#)
        #expect(response.status == 200)
        #expect(response.json.isEmpty)
        _ = try await client.post("/v1/terminatejob", #"{"jobId":"\#(id)","reason":"again"}"#)
        let job = try await client.job(id)
        #expect(job["status"] as? String == "FAILED")
        #expect(job["statusReason"] as? String == "no need")
        #expect(job["stoppedAt"] as? Int == testTime.milliseconds)
        for name in ["isCancelled", "isTerminated"] { #expect(job[name] as? Bool == (name == flag)) }
      }
    }
  }

  @Test("stopping an unknown job succeeds; stopping without an id or a reason doesn't")
  func stopNothing() async throws {
    try await withBatch { _, client in
      for path in ["/v1/canceljob", "/v1/terminatejob"] {
        let unknown = try await client.post(path, #"{"jobId":"unknown","reason":"r"}"#)
        #expect(unknown.status == 200)
        let long = String(repeating: "r", count: 1025)
        for body in [
          "{}", #"{"jobId":"x"}"#, #"{"reason":"r"}"#, #"{"jobId":"","reason":"r"}"#,
          #"{"jobId":"x","reason":"\#(long)"}"#,
        ] {
          let response = try await client.post(path, body)
          #expect(response.errorType == "ClientException")
        }
      }
    }
  }

  @Test("a job waits for the job it depends on, and fails with it")
  func dependency() async throws {
    try await withBatch { _, client in
      let first = try await client.submit().jobID
      let second = try await client.submit(#""dependsOn":[{"jobId":"\#(first)"}]"#).jobID
      let third = try await client.submit(#""dependsOn":[{"jobId":"\#(second)"}]"#).jobID
      #expect(try await client.job(third)["status"] as? String == "PENDING")
      _ = try await client.post("/v1/canceljob", #"{"jobId":"\#(first)","reason":"r"}"#)
      let job = try await client.job(third)
      #expect(job["status"] as? String == "FAILED")
      #expect(job["statusReason"] as? String == "Dependent Job failed")
      #expect(job["isCancelled"] as? Bool == false)
      let late = try await client.submit(#""dependsOn":[{"jobId":"\#(third)"}]"#).jobID
      #expect(try await client.job(late)["status"] as? String == "FAILED")
    }
  }

  @Test("an array's children are jobs, and the array ends with the last of them")
  func array() async throws {
    try await withBatch { _, client in
      let id = try await client.submit(#""arrayProperties":{"size":3}"#).jobID
      #expect(try await client.job(id)["status"] as? String == "PENDING")
      #expect(try await client.job("\(id):2")["status"] as? String == "RUNNABLE")
      _ = try await client.post("/v1/canceljob", #"{"jobId":"\#(id):0","reason":"r"}"#)
      let properties = try await client.job(id)["arrayProperties"] as? [String: Any]
      #expect(properties?["size"] as? Int == 3)
      let none = ["SUBMITTED": 0, "PENDING": 0, "STARTING": 0, "RUNNING": 0, "SUCCEEDED": 0]
      #expect(properties?["statusSummary"] as? [String: Int] == none.merging(["FAILED": 1, "RUNNABLE": 2]) { $1 })
      let list = #"{"arrayJobId":"\#(id)","jobStatus":"RUNNABLE"}"#
      let children = try await client.post("/v1/listjobs", list).list("jobSummaryList")
      #expect(children.map { $0["jobId"] as? String } == ["\(id):1", "\(id):2"])
      for index in 1...2 {
        _ = try await client.post("/v1/terminatejob", #"{"jobId":"\#(id):\#(index)","reason":"r"}"#)
      }
      let array = try await client.job(id)
      #expect(array["status"] as? String == "FAILED")
      #expect(array["statusReason"] as? String == "Array Child Job failed")
    }
  }

  @Test("an array depends on another array as a whole, or child by child")
  func arrayDependencies() async throws {
    try await withBatch { _, client in
      let size = #""arrayProperties":{"size":2}"#
      let first = try await client.submit(size).jobID
      let child = try await client.submit(#"\#(size),"dependsOn":[{"jobId":"\#(first)","type":"N_TO_N"}]"#).jobID
      let whole = try await client.submit(#"\#(size),"dependsOn":[{"jobId":"\#(first)"}]"#).jobID
      _ = try await client.post("/v1/canceljob", #"{"jobId":"\#(first):0","reason":"r"}"#)
      #expect(try await client.job("\(child):0")["status"] as? String == "FAILED")
      #expect(try await client.job("\(child):1")["status"] as? String == "PENDING")
      #expect(try await client.job("\(whole):0")["status"] as? String == "PENDING")
      let late = try await client.submit(#"\#(size),"dependsOn":[{"jobId":"\#(first)","type":"N_TO_N"}]"#).jobID
      #expect(try await client.job("\(late):0")["status"] as? String == "FAILED")
      #expect(try await client.job("\(late):1")["status"] as? String == "PENDING")
      _ = try await client.post("/v1/terminatejob", #"{"jobId":"\#(first)","reason":"r"}"#)
      for id in [child, whole, late] {
        #expect(try await client.job(id)["status"] as? String == "FAILED")
        #expect(try await client.job("\(id):1")["statusReason"] as? String == "Dependent Job failed")
      }
    }
  }

  @Test("a sequential array fails from the failed child on; cancelling an array fails every child")
  func sequential() async throws {
    try await withBatch { _, client in
      let members = #""arrayProperties":{"size":3},"dependsOn":[{"type":"SEQUENTIAL"}]"#
      let first = try await client.submit(members).jobID
      #expect(try await client.job("\(first):0")["status"] as? String == "RUNNABLE")
      #expect(try await client.job("\(first):1")["status"] as? String == "PENDING")
      _ = try await client.post("/v1/canceljob", #"{"jobId":"\#(first):0","reason":"r"}"#)
      #expect(try await client.job("\(first):2")["statusReason"] as? String == "Dependent Job failed")
      #expect(try await client.job(first)["status"] as? String == "FAILED")
      let second = try await client.submit(members).jobID
      _ = try await client.post("/v1/terminatejob", #"{"jobId":"\#(second)","reason":"all"}"#)
      #expect(try await client.job("\(second):2")["statusReason"] as? String == "all")
    }
  }
}
