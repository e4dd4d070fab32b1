import Foundation
import TestSupport
import Testing

/// Bytes that a server sends unasked after a response, such as a load balancer's 408 before it closes, or a faulty
/// middlebox's.
@Suite("Stray bytes on the kept connection")
struct StrayResponseTests {
  /// Milliseconds from the response to the stray bytes; nil for one write with the response.
  static let delays = [nil, 0, 1, 4, 20] as [Int?]

  @Test("are never mistaken for the response to the next job", arguments: delays)
  func betweenJobs(delay: Int?) async throws {
    let strays = [200, 400, 403, 408, 429, 503].map { Self.response($0).bytes } + [Array("\r\nloose bytes".utf8), [0]]
    let server = Monitor<ScriptedServer?>(nil)
    let batch = try ScriptedServer { _ in
      let number = server.withLock { $0?.requests.count ?? 0 }
      return .answerThenStray(Self.accepted(number), strays[max(number - 1, 0) % strays.count], milliseconds: delay)
    }
    server.withLock { $0 = batch }
    defer { server.withLock { $0 = nil } }
    let events = strays.indices.map { index in
      RuntimeAPI.Event.rest().with { $0.before = { batch.waitForStrays(index) } }
    }
    let run = try await invoke(events, batch: batch)
    #expect(run.responses.map(\.statusCode) == strays.map { _ in 200 }, "\(run.written)")
    #expect(run.responses.map(\.body) == strays.indices.map { Self.accepted($0 + 1).text })
    #expect(batch.requests.map(\.connection) == Array(1...strays.count))
    #expect(run.exitStatus == nil)
  }

  @Test(
    "cause no second request if they are a throttle followed by the job's own response",
    arguments: [nil, "keep-alive", "Keep-Alive"])
  func throttleAheadOfResponse(connection: String?) async throws {
    var throttle = ScriptedServer.Response.error(429, "TooManyRequestsException")
    if let connection { throttle.headers.append(("Connection", connection)) }
    let batch = try ScriptedServer.answering(
      .submitted, .answerThenStray(throttle, ScriptedServer.Response.submitted.bytes, milliseconds: nil), .submitted)
    let run = try await invoke(.rest(), .rest(), .rest(), batch: batch)
    #expect(run.responses.map(\.statusCode) == [200, 504, 200], "\(run.written)")
    #expect(batch.requests.count == 3)
    #expect(run.responses.dropFirst().first?.problem.submitted == "unknown")
  }

  @Test("make a refusal doubtful if they follow it on a reused connection", arguments: [400, 403])
  func refusalAheadOfResponse(status: Int) async throws {
    let batch = try ScriptedServer.answering(
      .submitted, .answerThenStray(Self.response(status), ScriptedServer.Response.submitted.bytes, milliseconds: nil),
      .submitted)
    let run = try await invoke(.rest(), .rest(), .rest(), batch: batch)
    #expect(run.responses.map(\.statusCode) == [200, 504, 200], "\(run.written)")
    #expect(run.responses.dropFirst().first?.problem.submitted == "unknown")
  }

  @Test("are not suspected after a throttle that announces the connection's end", arguments: ["1.0", "1.1"])
  func throttleThenEnd(version: String) async throws {
    let close = version == "1.1" ? "Connection: Close\r\n" : ""
    let throttle = "HTTP/\(version) 429 Too Many Requests\r\n\(close)Content-Length: 2\r\n\r\n{}"
    let batch = try ScriptedServer.answering(.submitted, .bytes(Array(throttle.utf8)), .submitted)
    let run = try await invoke(.rest(), .rest(), batch: batch)
    #expect(run.responses.map(\.statusCode) == [200, 200], "\(run.written)")
    #expect(batch.requests.map(\.connection) == [1, 1, 2])
  }

  @Test("don't make a throttle on a new connection doubtful")
  func throttleOnNewConnection() async throws {
    let throttle = ScriptedServer.Response.error(429, "TooManyRequestsException")
    let batch = try ScriptedServer.answering(
      .answerThenStray(throttle, Self.response(408).bytes, milliseconds: nil), .submitted)
    let run = try await invoke(.rest(), batch: batch)
    #expect(run.response.statusCode == 200, "\(run.written)")
    #expect(batch.requests.map(\.connection) == [1, 2])
  }

  private static func accepted(_ number: Int) -> ScriptedServer.Response {
    .init(200, #"{"jobArn":"arn","jobId":"job-\#(number)","jobName":"render"}"#)
  }

  private static func response(_ status: Int) -> ScriptedServer.Response {
    status == 200 ? accepted(0) : .error(status, status == 429 ? "TooManyRequestsException" : "ClientException")
  }
}

extension ScriptedServer.Response {
  fileprivate var text: String { String(decoding: body, as: UTF8.self) }
}
