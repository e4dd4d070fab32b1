import Foundation
import TestSupport
import Testing

/// The time that init may take in these tests, in addition to the half second: generous for a busy machine, but less
/// than the limit of any other wait.
private let slack = TimeFactor.milliseconds(2500)

@Suite("The connection that init opens")
struct OpenedConnectionTests {
  @Test("carries a harmless request, then the first job")
  func used() async throws {
    let run = try await overTLS(.rest(), .rest(), to: .batch(.submitted))
    #expect(run.responses.map(\.statusCode) == [200, 200], "\(run.written)")
    #expect(run.batch.requests.map(\.method) == ["GET", "POST", "POST"])
    #expect(run.batch.requests.map(\.connection) == [1, 1, 1])
    let opening = try #require(run.batch.requests.first)
    #expect(opening.path == "/" && opening.body.isEmpty)
    for header in ["Authorization", "X-Amz-Security-Token", "X-Amz-Date"] { #expect(opening.header(header) == nil) }
  }

  @Test("is open before the first event is requested")
  func duringInit() async throws {
    let batch = try ScriptedServer.batch(.submitted)
    let requests = Monitor<[Int]>([])
    let event = RuntimeAPI.Event.rest().with { $0.before = { requests.withLock { $0.append(batch.requests.count) } } }
    _ = try await overTLS(event, to: batch)
    #expect(requests.withLock { $0 } == [1])
  }

  @Test("is not opened over plain HTTP")
  func plain() async throws {
    let run = try await invoke(.rest())
    #expect(run.batch.requests.map(\.method) == ["POST"])
  }

  @Test(
    "is reused whatever the response",
    arguments: [
      ScriptedServer.Reply.submitted, .answer(.init(301, headers: [("Location", "/elsewhere")], "")),
      .answer(.init(500, "{")), .answer(.init(200, String(repeating: "x", count: 100_000))),
    ])
  func anyResponse(opening: ScriptedServer.Reply) async throws {
    let run = try await overTLS(.rest(), to: .batch(.submitted, opening: opening))
    #expect(run.response.statusCode == 200, "\(run.written)")
    #expect(run.batch.requests.map(\.connection) == [1, 1])
  }

  @Test(
    "is replaced by another if it failed, and costs nothing except time",
    arguments: [
      ScriptedServer.Reply.close, .reset, .halfAnswer(.submitted), .bytes(Array("HTTP/1.1 200".utf8)),
      .answer(.init(200, String(repeating: "x", count: 3 << 20))),
    ])
  func failed(opening: ScriptedServer.Reply) async throws {
    let run = try await overTLS(.rest(), to: .batch(.submitted, opening: opening))
    #expect(run.response.statusCode == 200, "\(run.written)")
    #expect(run.batch.requests.map(\.connection) == [1, 2])
    #expect(run.log.count == 1, "\(run.written)")
  }

  @Test("is given up after half a second", arguments: [ScriptedServer.Reply.stall, .halfAnswerThenStall(.submitted)])
  func slow(opening: ScriptedServer.Reply) async throws {
    let run = try await overTLS(.rest(), to: .batch(.submitted, opening: opening))
    #expect(run.response.statusCode == 200, "\(run.written)")
    #expect(run.batch.requests.map(\.connection) == [1, 2])
    expectInit(run, 500...)
  }

  @Test("is given up after half a second if the handshake gets no response")
  func hanging() async throws {
    let batch = try ScriptedServer.answering(.stall)
    let run = try await invoke(
      .rest().with { $0.timeout = 1500 }, environment: ["AWS_ENDPOINT_URL_BATCH": "https://\(batch.authority)"],
      batch: batch)
    expectProblem(run.response, 503)
    expectInit(run, 500...)
  }

  @Test("is not waited for if nothing listens")
  func refused() async throws {
    let batch = try ScriptedServer.answering(listening: false, .submitted)
    let run = try await invoke(
      .rest(), environment: ["AWS_ENDPOINT_URL_BATCH": "https://\(batch.authority)"], batch: batch)
    expectProblem(run.response, 503)
    expectInit(run, 0...)
  }

  @Test("is not made if the certificate is untrusted, and the log of the first job says what to set")
  func unverified() async throws {
    let (certificates, others) = try await offPool { (try Certificates(), try Certificates()) }
    let batch = try ScriptedServer.batch(.submitted)
    let server = try TLSServer(try others.server(), inFrontOf: batch)
    defer { withExtendedLifetime((certificates, others)) {} }
    let run = try await invoke([.rest()], environment: environment(server, certificates), batch: batch)
    expectProblem(run.response, 503)
    #expect(batch.requests.isEmpty)
    #expect(run.log.count == 1 && run.written.contains("Set AWS_CA_BUNDLE"), "\(run.written)")
    expectInit(run, 0...)
  }

  @Test(
    "does not cause a job to be sent twice if it dies with the first one",
    arguments: [ScriptedServer.Reply.close, .reset])
  func diesWithTheFirstJob(reply: ScriptedServer.Reply) async throws {
    let run = try await overTLS(.rest(), .rest(), to: .batch(reply, .submitted))
    #expect(run.responses.map(\.statusCode) == [504, 200], "\(run.written)")
    expectProblem(run.response, 504, submitted: "unknown")
    #expect(run.batch.jobs.count == 2)
    #expect(run.batch.requests.map(\.connection).prefix(2) == [1, 1])
  }

  @Test("to the table of keys is opened as well, and carries the first key")
  func table() async throws {
    let certificates = try await offPool { try Certificates() }
    let table = try ScriptedServer.batch(.written)
    let server = try TLSServer(try certificates.server(), inFrontOf: table)
    defer { withExtendedLifetime((server, certificates)) {} }
    let event = RuntimeAPI.Event.rest(edit: { event in
      event["headers"] = ["Idempotency-Key": "k"]
      event["multiValueHeaders"] = nil
    })
    let run = try await invoke(
      event,
      environment: [
        "IDEMPOTENCY_TABLE": "keys", "AWS_ENDPOINT_URL_DYNAMODB": server.url,
        "AWS_CA_BUNDLE": certificates.authority.certificate,
      ])
    #expect(run.response.statusCode == 200, "\(run.written)")
    #expect(table.requests.map(\.method) == ["GET", "POST", "POST"])
    #expect(table.requests.map(\.connection) == [1, 1, 1])
    for header in ["Authorization", "X-Amz-Security-Token"] { #expect(table.requests.first?.header(header) == nil) }
  }

  private func expectInit(
    _ run: FunctionRun, _ least: PartialRangeFrom<Int>, at location: SourceLocation = #_sourceLocation
  ) {
    let duration = run.initDuration ?? -1
    let range = least.lowerBound...(least.lowerBound + slack)
    #expect(range.contains(duration), "init took \(duration) ms", sourceLocation: location)
  }

  private func overTLS(_ events: RuntimeAPI.Event..., to batch: ScriptedServer) async throws -> FunctionRun {
    let certificates = try await offPool { try Certificates() }
    let server = try TLSServer(try certificates.server(), inFrontOf: batch)
    // The server and the certificates' files are removed with their last reference.
    defer { withExtendedLifetime((server, certificates)) {} }
    return try await invoke(events, environment: environment(server, certificates), batch: batch)
  }

  private func environment(_ server: TLSServer, _ trusted: Certificates) -> [String: String?] {
    ["AWS_ENDPOINT_URL_BATCH": server.url, "AWS_CA_BUNDLE": trusted.authority.certificate]
  }
}
