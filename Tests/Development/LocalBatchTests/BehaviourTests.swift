import Foundation
import LocalBatch
import TestSupport
import Testing

@Suite("Fault injection in the embedded Batch")
struct BehaviourTests {
  @Test(
    "rejects jobs with the fault, and records the requests",
    arguments: [
      (EmbeddedBatch.Fault.throttling, 429, "TooManyRequestsException"),
      (.accessDenied, 403, "AccessDeniedException"),
      (.invalidSignature, 403, "InvalidSignatureException"),
      (.internalError, 500, "ServerException"),
    ])
  func refusals(fault: EmbeddedBatch.Fault, status: Int, code: String) async throws {
    try await withBatch { batch, client in
      await batch.behave(.init(fault))
      let response = try await client.submit()
      #expect(response.status == status)
      #expect(response.errorType == code)
      #expect(response.message?.isEmpty == false)
      #expect(await batch.submitJobBodies.isEmpty)
      #expect(await batch.receivedBodies == [Array(submitJob().utf8)])
    }
  }

  @Test("reports a missing permission in the words that the templates look for")
  func permission() async throws {
    try await withBatch { batch, client in
      await batch.behave(.init(.accessDenied))
      let response = try await client.submit()
      #expect(response.message?.contains("not authorized to perform") == true)
    }
  }

  @Test("creates a job but loses the response, on a new connection and on a reused one")
  func loss() async throws {
    try await withBatch { batch, client in
      await batch.behave(.init(.lostResponse))
      await #expect(throws: URLError.self) { _ = try await client.submit() }
      #expect(await batch.submitJobBodies.count == 1)
      #expect(await batch.receivedBodies.count == 1)
      await batch.behave(.normal)
      let response = try await client.submit()
      #expect(response.status == 200)
      #expect(await batch.submitJobBodies.count == 2)
    }
  }

  @Test("delays a response")
  func delay() async throws {
    try await withBatch { batch, client in
      await batch.behave(.init(delay: .milliseconds(100)))
      let clock = ContinuousClock()
      let start = clock.now
      let response = try await client.submit()
      #expect(response.status == 200)
      #expect(start.duration(to: clock.now) >= .milliseconds(100))
    }
  }

  @Test("creates the job before it delays the response", .timeLimit(.minutes(1)))
  func job() async throws {
    try await withBatch { batch, client in
      await batch.behave(.init(delay: .seconds(3600)))
      let response = Task { _ = try await client.submit() }
      while await batch.submitJobBodies.isEmpty { await Task.yield() }
      response.cancel()
    }
  }

  @Test("leaves other operations unaffected")
  func others() async throws {
    try await withBatch { batch, client in
      let job = try await client.submit()
      await batch.behave(.init(.internalError))
      let described = try await client.job(job.jobID)
      #expect(described["status"] as? String == "RUNNABLE")
      #expect(await batch.receivedBodies.count == 1)
    }
  }

  @Test("can fail Describe operations while accepting jobs")
  func describe() async throws {
    try await withBatch { batch, client in
      await batch.behave(.init(.accessDenied), for: .describe)
      for action in ["DescribeJobQueues", "DescribeJobDefinitions", "DescribeJobs"] {
        let response = try await client.post("/v1/\(action.lowercased())", "{}")
        #expect(response.errorType == "AccessDeniedException")
        #expect(response.message?.hasSuffix("batch:\(action)") == true)
      }
      #expect(try await client.submit().status == 200)
      await batch.behave(.normal, for: .describe)
      #expect(try await client.post("/v1/describejobqueues", "{}").status == 200)
    }
  }

  @Test("records requests that are invalid themselves")
  func refused() async throws {
    try await withBatch { batch, client in
      let (refused, accepted) = (try await client.post("/v1/submitjob", "{"), try await client.submit())
      #expect((refused.status, accepted.status) == (400, 200))
      #expect(await batch.receivedBodies == [Array("{".utf8), Array(submitJob().utf8)])
      #expect(await batch.submitJobBodies == [Array(submitJob().utf8)])
    }
  }
}
