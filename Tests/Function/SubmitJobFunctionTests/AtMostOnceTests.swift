import Foundation
import TestSupport
import Testing

@Suite("A job is submitted at most once")
struct AtMostOnceTests {
  @Test(
    "when a reused connection dies after the request was read, and the response says how to look for the job")
  func reusedConnectionDies() async throws {
    let run = try await invoke(.rest(), .rest(), .rest(), batch: .answering(.submitted, .close, .submitted))
    #expect(run.responses.map(\.statusCode) == [200, 504, 200])
    #expect(run.batch.requests.map(\.connection).prefix(2) == [1, 1])
    #expect(run.batch.requests.count == 3)
    expectOutcomeUnknown(run, answer: 1, request: 1)
  }

  @Test("when a reused connection is reset after the request was read")
  func reusedConnectionIsReset() async throws {
    let run = try await invoke(.rest(), .rest(), batch: .answering(.submitted, .reset, .submitted))
    #expect(run.batch.requests.map(\.connection) == [1, 1])
    expectOutcomeUnknown(run, answer: 1, request: 1)
  }

  @Test("when a fresh connection dies after the request was read", arguments: [ScriptedServer.Reply.close, .reset])
  func freshConnectionDies(reply: ScriptedServer.Reply) async throws {
    let run = try await invoke(.rest(), batch: .answering(reply, .submitted))
    #expect(run.batch.requests.count == 1)
    expectOutcomeUnknown(run, answer: 0, request: 0)
  }

  @Test("when Batch itself dies with a request: the refused connection afterwards does not make it a 503")
  func batchDies() async throws {
    let server = Monitor<ScriptedServer?>(nil)
    let batch = try ScriptedServer { request in
      guard request.text.contains("second") else { return .submitted }
      server.withLock { try? $0?.stopListening() }
      return .close
    }
    server.withLock { $0 = batch }
    let run = try await invoke(.rest(), .rest(body: #"{"jobName":"second"}"#), batch: batch)
    server.withLock { $0 = nil }
    #expect(batch.requests.count == 2)
    expectOutcomeUnknown(run, answer: 1, request: 1)
  }

  @Test("when half a response comes")
  func halfAnAnswer() async throws {
    let run = try await invoke(.rest(), .rest(), batch: .answering(.halfAnswer(.submitted), .submitted))
    #expect(run.responses.map(\.statusCode) == [504, 200])
    #expect(run.batch.requests.count == 2)
    expectOutcomeUnknown(run, answer: 0, request: 0)
  }

  @Test("when only half a response ever comes: a 504 before the deadline")
  func halfAnAnswerThenNothing() async throws {
    let run = try await invoke(
      .rest().with { $0.timeout = 2000 }, batch: .answering(.halfAnswerThenStall(.submitted), .submitted))
    #expect(run.batch.requests.count == 1)
    expectOutcomeUnknown(run, answer: 0, request: 0)
    let post = try #require(run.posts.first)
    #expect(post.isInTime)
  }

  @Test(
    "when the response is not HTTP, or only the start of it",
    arguments: ["SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 200", "\r\n\r\n{}"])
  func notHTTP(text: String) async throws {
    let run = try await invoke(.rest(), batch: .answering(.bytes(Array(text.utf8)), .submitted))
    #expect(run.batch.requests.count == 1)
    expectOutcomeUnknown(run, answer: 0, request: 0)
  }

  @Test(
    "when the head of the response is truncated, whatever its status",
    arguments: ["200 OK", "400 Bad Request", "403 Forbidden", "429 Too Many Requests"])
  func halfAHead(status: String) async throws {
    let head = Array("HTTP/1.1 \(status)\r\nContent-Ty".utf8)
    let run = try await invoke(.rest(), batch: .answering(.bytes(head), .submitted))
    #expect(run.batch.requests.count == 1)
    expectOutcomeUnknown(run, answer: 0, request: 0)
  }

  @Test("when no response comes: a 504 before the deadline, and the next event is served")
  func noAnswer() async throws {
    let run = try await invoke(.rest().with { $0.timeout = 2000 }, .rest(), batch: .answering(.stall, .submitted))
    #expect(run.responses.map(\.statusCode) == [504, 200])
    #expect(run.batch.requests.map(\.connection) == [1, 2])
    expectOutcomeUnknown(run, answer: 0, request: 0)
    let post = try #require(run.posts.first)
    #expect(post.isInTime)
  }

  @Test("when no response comes on a reused connection")
  func noAnswerOnReusedConnection() async throws {
    let run = try await invoke(.rest(), .rest().with { $0.timeout = 2000 }, batch: .answering(.submitted, .stall))
    #expect(run.batch.requests.map(\.connection) == [1, 1])
    expectOutcomeUnknown(run, answer: 1, request: 1)
    let post = try #require(run.posts.last)
    #expect(post.isInTime)
  }

  @Test("when a throttle is followed by a lost response, which is not retried")
  func throttledThenLost() async throws {
    let run = try await invoke(.rest(), batch: .answering(.throttle, .close, .submitted))
    #expect(run.batch.requests.count == 2)
    expectOutcomeUnknown(run, answer: 0, request: 1)
  }

  @Test("and exactly once when Batch closes the idle connection between invocations")
  func idleConnectionCloses() async throws {
    let batch = try ScriptedServer.answering(.answerThenClose(.submitted))
    let later = (1...2).map { _ in RuntimeAPI.Event.rest().with { $0.before = { _ = batch.waitUntilNoConnection() } } }
    let run = try await invoke([.rest()] + later, batch: batch)
    #expect(run.responses.map(\.statusCode) == [200, 200, 200])
    #expect(batch.requests.map(\.connection) == [1, 2, 3])
  }

  @Test("and exactly once when Batch throttles twice")
  func throttledTwice() async throws {
    let run = try await invoke(.rest(), batch: .answering(.throttle, .throttle, .submitted))
    #expect(run.response.statusCode == 200)
    #expect(run.batch.requests.count == 3)
  }

  @Test("and not at all when nothing listens: a 503, and the next event is served once Batch listens")
  func nothingListens() async throws {
    let batch = try ScriptedServer.answering(listening: false, .submitted)
    let later = RuntimeAPI.Event.rest().with { $0.before = { try? batch.startListening() } }
    let run = try await invoke(.rest(), later, batch: batch)
    expectRefused(run, 503)
  }

  @Test("and not at all when the endpoint's host does not exist: a 503")
  func noSuchName() async throws {
    let run = try await invoke(.rest(), environment: ["AWS_ENDPOINT_URL_BATCH": "http://batch.invalid"])
    expectProblem(run.response, 503)
  }

  @Test("and not at all when the deadline has already passed: a 503", arguments: [0, -5000])
  func deadlinePassed(timeout: Int) async throws {
    let run = try await invoke(.rest().with { $0.timeout = timeout }, .rest())
    expectRefused(run, 503)
  }

  @Test(
    "and not at all when the deadline is the smallest integer: a 503 without an overflow",
    arguments: ["-9223372036854775808", "-9223372036854775807", "-9223372036854775000", "-1"])
  func smallestDeadline(text: String) async throws {
    let run = try await invoke(.rest().with { $0.deadlineText = text }, .rest())
    expectRefused(run, 503)
  }

  @Test(
    "under throttling with the largest possible deadline",
    arguments: ["9223372036854775807", "9223372036854775000", "4611686018427387904"])
  func largestDeadline(text: String) async throws {
    let run = try await invoke(
      .rest().with { $0.deadlineText = text }, environment: ["AWS_MAX_ATTEMPTS": "2"],
      batch: .answering(.throttle, .submitted))
    #expect(run.response.statusCode == 200, "\(run.written)")
    #expect(run.batch.requests.count == 2)
  }

  @Test(
    "when Batch returns a throttle's error type with a status that isn't a 4xx", arguments: [201, 202, 302, 503])
  func throttleTypeWithOtherStatus(status: Int) async throws {
    let run = try await invoke(.rest(), batch: .answering(.error(status, "ThrottlingException"), .submitted))
    #expect(run.batch.requests.count == 1)
    expectProblem(run.response, 502, submitted: "unknown")
  }

  @Test(
    "when Batch says that another request is in progress",
    arguments: ["PriorRequestNotComplete", "TransactionInProgressException"])
  func conflict(type: String) async throws {
    let run = try await invoke(.rest(), batch: .answering(.error(400, type), .submitted))
    #expect(run.batch.requests.count == 1)
    expectProblem(run.response, 502, submitted: "unknown")
  }

  @Test(
    "when a response's first header line begins with white space, which some versions of libcurl don't survive",
    arguments: [" folded: yes", "\tfolded", " "])
  func foldedFirstHeader(line: String) async throws {
    let response = "HTTP/1.1 200 OK\r\n\(line)\r\nContent-Length: 0\r\n\r\n"
    let run = try await invoke(
      .rest(), .rest(), .rest(),
      batch: .answering(.submitted, .bytes(Array(response.utf8)), .submitted))
    #expect(run.exitStatus == nil, "\(run.written)")
    #expect(run.responses.count == 3)
    #expect(run.responses.dropFirst().first?.problem.submitted == "unknown")
    #expect(run.responses.last?.statusCode == 200)
    #expect(run.batch.requests.count == 3)
  }

  private func expectOutcomeUnknown(
    _ run: FunctionRun, answer: Int, request: Int, at location: SourceLocation = #_sourceLocation
  ) {
    guard run.responses.count > answer, run.batch.requests.count > request else {
      Issue.record("\(run.responses.map(\.body)) \(run.batch.requests.count) \(run.written)", sourceLocation: location)
      return
    }
    expectProblem(run.responses[answer], 504, submitted: "unknown", at: location)
    let problem = run.responses[answer].problem
    let jobName = run.batch.requests[request].json["jobName"] as? String ?? "?"
    #expect(problem.type?.hasSuffix("outcome-unknown") == true, sourceLocation: location)
    #expect(problem.detail.contains(jobName), sourceLocation: location)
  }
}
