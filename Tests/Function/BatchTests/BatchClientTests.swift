import Batch
import HTTPTransport
import Platform
import TestSupport
import Testing

/// Tests that need no server, or a pause of a known length. The function's own tests cover the rest, over sockets.
@Suite("The Batch client")
struct BatchClientTests {
  private let variables = [
    "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_ENDPOINT_URL_BATCH": "http://127.0.0.1:1",
  ]

  @Test(
    "throws an error that names a variable with an unusable value",
    arguments: [
      ("AWS_REGION", ""), ("AWS_ENDPOINT_URL_BATCH", "localhost"), ("AWS_USE_FIPS_ENDPOINT", "maybe"),
      ("AWS_MAX_ATTEMPTS", "0"),
      ("AWS_SECRET_ACCESS_KEY", ""), ("AWS_ACCESS_KEY_ID", ""), ("AWS_CA_BUNDLE", "/no/such/file.pem"),
    ])
  func errors(variable: String, value: String) {
    let error = #expect(throws: EnvironmentError.self) { try client([variable: value]) }
    #expect(error?.variable == variable)
  }

  @Test("neither sends nor waits once the deadline has passed", arguments: [10_000, 0, -1, .min, .min + 1])
  func deadline(milliseconds: Int) throws {
    let job = try job()
    let client = try client()
    let error = #expect(throws: BatchError.self) {
      try client.submitJob(job, deadline: Timestamp(milliseconds: milliseconds))
    }
    guard case .notSent(let cause, let attempts) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(cause.requestWasSent == false)
    #expect(attempts == 1)
  }

  @Test("doesn't repeat a throttled job if another response follows the throttle on a reused connection")
  func throttleInDoubt() throws {
    let throttle = ScriptedServer.Response.error(429, "TooManyRequestsException")
    let server = try ScriptedServer.answering(
      .submitted, .answerThenStray(throttle, ScriptedServer.Response.submitted.bytes, milliseconds: 1), .submitted)
    // The pause before the second attempt lasts until the other response has arrived.
    let client = try client(["AWS_ENDPOINT_URL_BATCH": server.url], sleep: { _ in server.waitForStrays(1) })
    let deadline = Timestamp(milliseconds: 20_000)
    _ = try client.submitJob(job(), deadline: deadline)
    let error = #expect(throws: BatchError.self) { try client.submitJob(job(), deadline: deadline) }
    guard case .outcomeUnknown = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(server.requests.count == 2)
  }

  @Test("repeats a throttled job if the connection has merely been closed since")
  func throttleThenEnd() throws {
    let throttle = ScriptedServer.Response.error(429, "TooManyRequestsException")
    let server = try ScriptedServer.answering(.submitted, .answerThenClose(throttle), .submitted)
    let client = try client(["AWS_ENDPOINT_URL_BATCH": server.url], sleep: { _ in _ = server.waitUntilNoConnection() })
    let deadline = Timestamp(milliseconds: 20_000)
    _ = try client.submitJob(job(), deadline: deadline)
    #expect(try client.submitJob(job(), deadline: deadline).attempts == 2)
    #expect(server.requests.map(\.connection) == [1, 1, 2])
  }

  private func job() throws -> SubmitJobRequest {
    try SubmitJobRequest(
      jobQueue: try #require(JobQueueName("q")), jobDefinition: try #require(JobDefinitionName("d")), members: [],
      id: "1")
  }

  private func client(
    _ changes: [String: String] = [:],
    sleep: @escaping @Sendable (Duration) -> Void = { Issue.record("waits \($0)") }
  ) throws -> BatchClient {
    let clock = WallClock(now: { Timestamp(milliseconds: 10_000) }, sleep: sleep)
    return try BatchClient(
      environment: Environment(variables.merging(changes) { $1 }), userAgent: "test", clock: clock, random: { 0.5 })
  }
}
