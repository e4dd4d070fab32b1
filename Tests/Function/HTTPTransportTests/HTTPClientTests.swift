import HTTPTransport
import Platform
import TestSupport
import Testing

/// Tests of a client alone. The function's own tests cover the rest.
@Suite("An HTTP client")
struct HTTPClientTests {
  private let clock = WallClock(now: { Timestamp(milliseconds: 10_000) }, sleep: { _ in })

  @Test("sends nothing once the deadline has passed", arguments: [10_000, 9_999, 0, .min])
  func deadline(milliseconds: Int) throws {
    let client = try HTTPClient(.init(userAgent: "test"), clock: clock)
    let request = HTTPRequest(.post([]), "http://127.0.0.1:1/", isIdempotent: false)
    let error = #expect(throws: TransportError.self) {
      try client.send(request, deadline: Timestamp(milliseconds: milliseconds))
    }
    #expect(error?.requestWasSent == false)
    #expect(error?.cause == .timedOut)
  }

  @Test(
    "supports only http and https",
    arguments: ["ftp://127.0.0.1/", "file:///etc/hostname", "gopher://127.0.0.1/", "dict://127.0.0.1/", ""])
  func protocols(url: String) throws {
    let client = try HTTPClient(.init(userAgent: "test"), clock: clock)
    let error = #expect(throws: TransportError.self) {
      try client.send(HTTPRequest(.get, url, isIdempotent: true))
    }
    #expect(error?.requestWasSent == false)
    #expect(error?.message.isEmpty == false)
  }

  @Test("doubts a response that more bytes follow on a reused connection, until the next request")
  func doubt() throws {
    let server = try ScriptedServer.answering(
      .submitted, .answerThenStray(.submitted, Array("stray".utf8), milliseconds: nil))
    let client = try HTTPClient(.init(userAgent: "test"), clock: clock)
    let request = HTTPRequest(.post(Array("{}".utf8)), server.url, isIdempotent: false)
    _ = try client.send(request)
    #expect(!client.responseIsDoubtful)
    _ = try client.send(request)
    #expect(client.responseIsDoubtful)
    let refusing = try ScriptedServer.answering(listening: false, .close)
    #expect(throws: TransportError.self) {
      try client.send(HTTPRequest(.get, refusing.url, isIdempotent: false))
    }
    #expect(!client.responseIsDoubtful)
  }

  @Test("waits for a response that takes longer than the maximum silence, but not longer than that for its next byte")
  func silence() async throws {
    let server = try ScriptedServer.answering(
      .slowAnswer(.init(200, String(repeating: "x", count: 25)), milliseconds: 60), .stall)
    try await offPool {
      let client = try HTTPClient(.init(userAgent: "test"), clock: .system)
      let request = HTTPRequest(.get, server.url, isIdempotent: false)
      #expect(try client.send(request, maximumSilence: .seconds(1)).body.count == 25)
      let error = #expect(throws: TransportError.self) { try client.send(request, maximumSilence: .seconds(1)) }
      #expect(error?.cause == .timedOut && error?.requestWasSent == true, "\(String(describing: error))")
    }
  }
}
