import AWSService
import Batch
import Credentials
import HTTPTransport
import Platform
import TestSupport
import Testing

/// Tests that need no server, or a clock that they move. The function's own tests cover the rest, over sockets.
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

  @Test(
    "uses a new connection after ten idle seconds, because a frozen process's connection dies, or if the clock was set back",
    arguments: [(0, 1), (10_000, 1), (10_001, 2), (3_600_000, 2), (-1, 2)])
  func idleConnection(milliseconds: Int, connection: Int) throws {
    let server = try ScriptedServer.answering(.submitted)
    let clock = ManualClock(at: 10_000_000)
    let client = try client(["AWS_ENDPOINT_URL_BATCH": server.url], clock: clock.clock)
    for pause in [0, milliseconds, 0] {
      clock.advance(by: .milliseconds(pause))
      _ = try client.submitJob(job(), deadline: clock.now + .seconds(20))
    }
    #expect(server.requests.map(\.connection) == [1, connection, connection])
  }

  @Test("submits once if the connection is refused at first", arguments: [1, 2, 9])
  func refusedThenAccepted(refusals: Int) throws {
    let server = try ScriptedServer.answering(listening: false, .submitted)
    let pauses = Monitor(0)
    let client = try client(
      ["AWS_ENDPOINT_URL_BATCH": server.url, "AWS_MAX_ATTEMPTS": "10"],
      sleep: { _ in
        let count = pauses.withLock { pauses in
          pauses += 1
          return pauses
        }
        if count == refusals { #expect(throws: Never.self) { try server.startListening() } }
      })
    #expect(try client.submitJob(job(), deadline: Timestamp(milliseconds: 60_000)).attempts == refusals + 1)
    #expect(server.requests.count == 1)
  }

  /// Each attempt takes 100 ms; the pauses before the next three are up to 1, 2 and 4 s, by a number from 0 up to 1.
  @Test(
    "starts no attempt with less than 500 ms left, under throttling that outlasts the deadline",
    arguments: [
      (1000, 0, [0, 100, 200, 300, 400, 500]), (999, 0, [0, 100, 200, 300, 400]),
      (3000, 0.5, [0, 600, 1700]), (2200, 0.5, [0, 600, 1700]), (2199, 0.5, [0, 600]), (3000, 0.999, [0, 1099]),
      (500, 0, [0]), (0, 0, []),
    ] as [(Int, Double, [Int])])
  func throttledUntilDeadline(timeLeft: Int, random: Double, starts: [Int]) throws {
    let clock = ManualClock(at: 10_000)
    let start = clock.now
    let seen = Monitor<[Int]>([])
    let server = try ScriptedServer { _ in
      seen.withLock { $0.append(clock.now.milliseconds(since: start)) }
      clock.advance(by: .milliseconds(100))
      return .throttle
    }
    let client = try client(
      ["AWS_ENDPOINT_URL_BATCH": server.url, "AWS_MAX_ATTEMPTS": "10"], clock: clock.clock, random: random)
    let deadline = start + .milliseconds(timeLeft)
    let error = #expect(throws: BatchError.self) { try client.submitJob(job(), deadline: deadline) }
    #expect(seen.withLock { $0 } == starts)
    switch error {
    case .refused(let refusal, let attempts):
      #expect((refusal.status, attempts) == (429, starts.count))
      #expect(clock.now < deadline)
    case .notSent: #expect(starts == [])
    default: Issue.record("\(String(describing: error))")
    }
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
    try client(changes, clock: WallClock(now: { Timestamp(milliseconds: 10_000) }, sleep: sleep))
  }

  private func client(_ changes: [String: String], clock: WallClock, random: Double = 0.5) throws -> BatchClient {
    let environment = Environment(variables.merging(changes) { $1 })
    return try BatchClient(
      environment: environment,
      credentials: CredentialsProvider(environment: environment, userAgent: "test", clock: clock), userAgent: "test",
      clock: clock, random: { random })
  }
}
