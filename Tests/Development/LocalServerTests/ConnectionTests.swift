import Foundation
import Hummingbird
import LocalServer
import TestSupport
import Testing

@Suite("A connection to a local server", .timeLimit(.minutes(2)))
struct ConnectionTests {
  private var router: Router<BasicRequestContext> {
    let router = Router()
    router.get("/") { _, _ in "here" }
    router.post("/") { request, _ in "\(try await request.body.collect(upTo: .max).readableBytes)" }
    return router
  }

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
    try await withLocalServer(router, configuration: configuration) { port in
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
    try await withLocalServer(router) { port in
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
    try await withLocalServer(router) { port in
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
    try await withLocalServer(router) { port in
      let text = try await responses(to: "HEAD / HTTP/1.1\r\nHost: evil.example\r\n\r\n", port: port)
      #expect(text.hasPrefix("HTTP/1.1 403 "))
      #expect(text.hasSuffix("\r\n\r\n"))
    }
  }

  @Test("of an HTTP/1.0 client is kept if it asks for that, and is told so")
  func oldKeepAlive() async throws {
    try await withLocalServer(router) { port in
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
    try await withLocalServer(router) { port in
      let text = try await responses(
        to: "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n", port: port)
      let heads = text.components(separatedBy: "HTTP/1.1 200 OK").dropFirst()
      #expect(heads.map { $0.contains("\r\nConnection: keep-alive\r\n") } == [true, false])
    }
  }
}
