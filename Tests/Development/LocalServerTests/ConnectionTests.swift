import DevelopmentTestSupport
import Foundation
import LocalServer
import TestSupport
import Testing

@Suite("A connection to a local server", .timeLimit(.minutes(2)))
struct ConnectionTests {
  private let responder = TextResponder(maximumBodySize: 5) { request in
    switch request.path {
    case "/lost": throw LostResponse()
    case "/broken": throw Broken()
    default: request.method == "POST" ? "\(try request.body.count)" : "here"
    }
  }

  private struct Broken: Error {}

  /// What the server sends until it ends the connection of a client that sends this, and no more.
  private func responses(to text: String, port: Int) async throws -> String {
    try await offPool {
      let connection = try HTTPConnection(to: port)
      connection.send(text)
      connection.finishSending()
      return String(decoding: try connection.rest(), as: UTF8.self)
    }
  }

  @Test("ends with the refusal of a request, after the responses to those before it")
  func refusal() async throws {
    let refused = Monitor<[String]>([])
    var configuration = LocalServerConfiguration()
    configuration.refused = { request in refused.withLock { $0.append("\(request)") } }
    try await withLocalServer(responder, configuration: configuration) { port in
      let text = try await responses(
        to: "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
          + "POST /a?secret HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 3\r\n\r\nabc"
          + "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", port: port)
      #expect(text.matches(of: #/HTTP/1\.1 (\d{3}) /#).map { $0.1 } == ["200", "403"])
      #expect(text.contains("\r\nConnection: close\r\n"))
      #expect(text.hasSuffix(#"apigw-batch: the host "evil.example" is not a loopback name"# + "\n"))
      #expect(
        refused.withLock { $0 } == [#"POST /a 403: the host "evil.example" is not a loopback name"#])
    }
  }

  @Test("ends with the refusal even if a large body follows")
  func largeBody() async throws {
    try await withLocalServer(responder) { port in
      let answer = try await offPool {
        let connection = try HTTPConnection(to: port)
        connection.send("POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 10000000\r\n\r\n")
        for _ in 0..<100 { connection.send([UInt8](repeating: 0x61, count: 100_000)) }
        return try connection.answer()
      }
      #expect(answer.status == 403)
    }
  }

  @Test("gets a 400 for a missing or a second Host")
  func host() async throws {
    try await withLocalServer(responder) { port in
      for (headers, reason) in [
        ("", "the Host header is missing"), ("Host: localhost\r\nHost: localhost\r\n", "there are 2 Host headers"),
      ] {
        let text = try await responses(to: "GET / HTTP/1.1\r\n\(headers)\r\n", port: port)
        #expect(text.hasPrefix("HTTP/1.1 400 "))
        #expect(text.hasSuffix("apigw-batch: \(reason); send exactly one\n"))
      }
    }
  }

  @Test("gets only the head of the refusal of a HEAD request")
  func head() async throws {
    try await withLocalServer(responder) { port in
      let text = try await responses(to: "HEAD / HTTP/1.1\r\nHost: evil.example\r\n\r\n", port: port)
      #expect(text.hasPrefix("HTTP/1.1 403 "))
      #expect(text.hasSuffix("\r\n\r\n"))
    }
  }

  @Test("of an HTTP/1.0 client is kept if it asks for that, and is told so")
  func oldKeepAlive() async throws {
    try await withLocalServer(responder) { port in
      let answers = try await offPool {
        let connection = try HTTPConnection(to: port)
        return try (0..<3).map { _ in
          connection.send("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
          return try connection.answer()
        }
      }
      #expect(answers.map(\.text) == ["here", "here", "here"])
      #expect(answers.map { $0.values("Connection") } == [["keep-alive"], ["keep-alive"], ["keep-alive"]])
      let text = try await offPool {
        let connection = try HTTPConnection(to: port)
        connection.send("GET / HTTP/1.0\r\n\r\n")
        return String(decoding: try connection.rest(), as: UTF8.self)
      }
      #expect(text.hasPrefix("HTTP/1.1 200 "))
      #expect(!text.lowercased().contains("keep-alive"))
    }
  }

  @Test("of a pipelining HTTP/1.0 client is told with each response whether it stays open")
  func oldPipeline() async throws {
    try await withLocalServer(responder) { port in
      let text = try await responses(
        to: "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n", port: port)
      let heads = text.components(separatedBy: "HTTP/1.1 200 OK").dropFirst()
      #expect(heads.map { $0.contains("\r\nConnection: keep-alive\r\n") } == [true, false])
    }
  }

  @Test("gets the responses to pipelined requests in order, and what follows the last is ignored")
  func pipeline() async throws {
    try await withLocalServer(responder) { port in
      let text = try await responses(
        to: "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc"
          + "GET http://localhost/broken?x HTTP/1.1\r\nHost: localhost\r\n\r\n"
          + "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n"
          + "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
          + "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", port: port)
      let responses = text.components(separatedBy: "HTTP/1.1 ").dropFirst()
      #expect(responses.map { $0.prefix(3) } == ["200", "500", "200", "200"])
      #expect(responses.map { $0.contains("\r\nContent-Length: 4\r\n") } == [false, false, true, true])
      #expect(responses.map { $0.components(separatedBy: "\r\n\r\n").last } == ["3", "", "", "here"])
      let dates = text.matches(of: #/\r\nDate: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r\n/#)
      #expect(dates.count == 4)
    }
  }

  @Test(
    "ends after an offer to switch protocols, which is declined, and after CONNECT, and the client is told so",
    arguments: [
      "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
        + "HTTP2-Settings: AAEAAEAA\r\n\r\n",
      "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ])
  func declinedUpgrade(text: String) async throws {
    try await withLocalServer(responder) { port in
      // The client leaves its side open, as one does that has further requests.
      let text = try await offPool {
        let connection = try HTTPConnection(to: port)
        connection.send(text)
        return String(decoding: try connection.rest(), as: UTF8.self)
      }
      #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(text.contains("\r\nConnection: close\r\n"))
      #expect(text.hasSuffix("\r\n\r\nhere"))
    }
  }

  @Test(
    "gets no body with a status that has none, because it would be read as the next response", arguments: [204, 304])
  func noBody(status: Int) async throws {
    try await withLocalServer(StatusResponder(status: status)) { port in
      let text = try await responses(to: "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", port: port)
      #expect(text.hasPrefix("HTTP/1.1 \(status) "))
      #expect(text.hasSuffix("\r\n\r\n"))
    }
  }

  @Test("is kept after a body that is too large")
  func tooLarge() async throws {
    try await withLocalServer(responder) { port in
      let text = try await responses(
        to: "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n\r\n123456"
          + "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n12345", port: port)
      #expect(text.matches(of: #/HTTP/1\.1 (\d{3}) /#).map { $0.1 } == ["413", "200"])
    }
  }

  @Test(
    "ends with a 400 if the body is cut off, or something isn't HTTP",
    arguments: ["POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n1234", "nonsense\r\n\r\n"])
  func malformed(text: String) async throws {
    try await withLocalServer(responder) { port in
      let text = try await responses(to: text, port: port)
      #expect(text == "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
    }
  }

  @Test("is closed without a response if that is to be lost")
  func lost() async throws {
    try await withLocalServer(responder) { port in
      let text = try await responses(to: "GET /lost HTTP/1.1\r\nHost: localhost\r\n\r\n", port: port)
      #expect(text == "")
    }
  }
}

/// Responds with a status, and a body even if the status has none.
private struct StatusResponder: Responder {
  let status: Int
  let maximumBodySize = 0

  func respond(to request: BufferedRequest) async throws -> BufferedResponse {
    BufferedResponse(status: status, body: Array("body".utf8))
  }
}
