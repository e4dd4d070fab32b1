import DevelopmentTestSupport
import Foundation
import JSONTree
import LocalLambda
import TestSupport
import Testing

@testable import LocalAPIGateway

/// A template that needs no function.
private let mock = """
  Resources:
    Api:
      Type: AWS::Serverless::Api
      Properties:
        StageName: live
        DefinitionBody:
          openapi: 3.0.1
          paths:
            /mock:
              x-amazon-apigateway-any-method:
                responses: {'200': {}}
                x-amazon-apigateway-integration:
                  type: mock
                  requestTemplates: {$default: '{"statusCode": 200}'}
                  responses: {default: {statusCode: 200, responseTemplates: {application/json: mocked}}}
  """

@Suite("A connection to the gateway", .timeLimit(.minutes(5)))
struct LocalGatewayConnectionTests {
  /// Whether the gateway still serves other connections.
  private func isWell(_ gateway: ServedGateway) async throws -> Bool {
    try await gateway.answer("POST /rest", ["x-command: pid", "Content-Type: text/plain"], body: "x").status == 200
  }

  @Test("serves several requests, sequential and pipelined")
  func keepAlive() async throws {
    try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      let paths = try await gateway.talk { connection in
        var paths: [String] = []
        for index in 0..<3 {
          connection.send(request("POST /rest/a/\(index)", body: Array("body".utf8)))
          paths.append(try JSON(parsing: connection.answer().body)["path"]?.string ?? "")
        }
        // Pipelined: responses come in the order of requests.
        connection.send((3..<6).flatMap { request("POST /rest/a/\($0)", body: Array("body \($0)".utf8)) })
        for _ in 3..<6 { paths.append(try JSON(parsing: connection.answer().body)["path"]?.string ?? "") }
        return paths
      }
      #expect(paths == (0..<6).map { "/rest/a/\($0)" })
    }
  }

  @Test("is closed if the client asks for it, and after HTTP/1.0")
  func close() async throws {
    try await ServedGateway.serving(mock) { gateway in
      for head in [
        "GET /mock HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /mock HTTP/1.1\r\nHost: localhost\r\nconnection: Close\r\n\r\n",
        "GET /mock HTTP/1.0\r\nHost: localhost\r\n\r\n", "GET /mock HTTP/1.0\r\n\r\n",
      ] {
        let text = try await gateway.talk { connection in
          connection.send(head)
          return String(decoding: try connection.rest(), as: UTF8.self)
        }
        #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"), "\(head)")
        #expect(text.hasSuffix("\r\n\r\nmocked"), "\(head)")
      }
    }
  }

  @Test("gets only the head for HEAD, with the length of the response to GET")
  func head() async throws {
    try await ServedGateway.serving(mock) { gateway in
      try await gateway.talk { connection in
        connection.send(request("HEAD /mock") + request("GET /mock"))
        let (head, get) = (try connection.answer(to: "HEAD"), try connection.answer())
        #expect(head.statusLine == "HTTP/1.1 200 OK")
        #expect(head.values("Content-Length") == ["6"])
        #expect(get.text == "mocked")
        connection.send(request("HEAD /nowhere") + request("GET /nowhere"))
        let (missing, found) = (try connection.answer(to: "HEAD"), try connection.answer())
        #expect(missing.status == 403)
        #expect(missing.values("Content-Length") == found.values("Content-Length"))
      }
    }
  }

  @Test("gets 100 Continue if it expects it before sending the body")
  func expectation() async throws {
    try await ServedGateway.serving(mock) { gateway in
      try await gateway.talk { connection in
        connection.send(request("POST /mock", ["Expect: 100-continue", "Content-Length: 2"]))
        let interim = try connection.answer()
        #expect(interim.statusLine == "HTTP/1.1 100 Continue")
        connection.send("ab")
        #expect(try connection.answer().text == "mocked")
        connection.send(request("GET /mock"))
        #expect(try connection.answer().text == "mocked")
      }
    }
  }

  @Test("may send its body in chunks, with trailers")
  func chunks() async throws {
    try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      let answer = try await gateway.talk { connection in
        connection.send(request("POST /rest", ["Transfer-Encoding: chunked"]))
        connection.send("1;x=y\r\na\r\n2\r\nbc\r\n")
        connection.send("0\r\nX-Trailer: d\r\n\r\n")
        return try connection.answer()
      }
      #expect(try JSON(parsing: answer.body)["body"] == .string("abc"))
    }
  }

  private static let megabyte = [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 20)
  private static let limit = (0..<10).flatMap { _ in megabyte }

  @Test("may carry 10 MB; a larger body is a 413, and isn't read as the next request")
  func tooLarge() async throws {
    try await ServedGateway.serving(mock) { gateway in
      let whole = try await gateway.answer("POST /mock", body: Self.limit)
      #expect(whole.status == 200)
      for path in ["/mock", "/nowhere"] {
        let answer = try await gateway.answer("POST \(path)", body: Self.limit + [0x61])
        #expect(answer.status == 413)
        #expect(answer.text == #"{"message":"Request Too Long"}"#)
        #expect(answer.values("x-amzn-ErrorType") == ["RequestTooLargeException"])
      }
      let statuses = try await gateway.talk { connection in
        connection.send(request("POST /mock", ["Transfer-Encoding: chunked"]))
        for _ in 0..<11 { connection.send(Array("100000\r\n".utf8) + Self.megabyte + Array("\r\n".utf8)) }
        connection.send(Array("0\r\n\r\n".utf8) + request("GET /mock"))
        return [try connection.answer().status, try connection.answer().status]
      }
      #expect(statuses == [413, 200])
    }
  }

  @Test("may carry 10 MB, but Lambda accepts 6: a larger event is a 413 with each API's message")
  func tooLargeForLambda() async throws {
    let body = Array(Self.limit.prefix(LocalFunction.maximumEventSize))
    try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      for (routes, text) in [
        (ProxyRoutes.rest, "Request Too Long"), (.httpV2, "Request Entity Too Large"),
        (.url, "Request Entity Too Large"),
      ] {
        let answer = try await gateway.answer(
          "POST \(routes.path(""))", [routes.host, "Content-Type: text/plain"], body: body)
        #expect(answer.status == 413)
        #expect(answer.text == #"{"message":"\#(text)"}"#)
      }
      #expect(try await isWell(gateway))
    }
  }

  @Test("that ends during its request, or before the response, doesn't affect others")
  func disconnects() async throws {
    let starts = [
      "", "G", "POST /rest HTTP/1.1\r\n", "POST /rest HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf",
      "POST /rest HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nhalf",
      String(decoding: request("GET /rest", ["x-command: pid"]), as: UTF8.self),
    ]
    try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      #expect(try await isWell(gateway))
      for start in starts {
        for resets in [true, false] {
          try await gateway.talk { connection in
            connection.send(start)
            if resets { connection.resetWhenClosed() }
          }
        }
        // The client has closed its sending side, and waits for the response.
        try await gateway.talk { connection in
          connection.send(start)
          connection.finishSending()
          _ = try connection.rest()
        }
      }
      #expect(try await isWell(gateway))
    }
  }

  @Test("that ends while its function runs leaves the process to the next caller")
  func disconnectBeforeAnswer() async throws {
    let template = ProxyRoutes.template.replacing("Timeout: 60", with: "Timeout: 60, ReservedConcurrentExecutions: 1")
    try await ServedGateway.serving(template) { gateway in
      let gate = Gate(in: gateway.directory.path)
      do {
        let caller = try Caller(gateway)
        caller.send("GET /rest", "x-command: gate")
        try await until { FileManager.default.fileExists(atPath: gateway.directory.appending(path: "waiting").path) }
        caller.resetWhenClosed()
      }
      gate.open()
      _ = try await gateway.line(containing: "REPORT RequestId")
      var answer = try await gateway.answer("GET /rest", ["x-command: pid"])
      while answer.status == 500 { answer = try await gateway.answer("GET /rest", ["x-command: pid"]) }
      let waiting = try String(contentsOf: gateway.directory.appending(path: "waiting"), encoding: .utf8)
      #expect(answer.text + "\n" == waiting)
    }
  }

  @Test("may send anything: it gets a response or is closed, and others are served")
  func garbage() async throws {
    let pieces = [
      "\0\0\0\0\r\n\r\n", "\r\n\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
      "get /mock HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "FOO /mock HTTP/1.1\r\nHost: localhost\r\n\r\n", "PROPFIND /mock HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", "CONNECT a:1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "GET ?a HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "GET mock HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET http:// HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "GET // HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "GET /mock HTTP/1.1\r\nHost:\r\n\r\n", "GET /mock HTTP/1.1\r\nHost: ::\r\nHost: b\r\n\r\n",
      "GET /mock HTTP/1.1\r\nHost: .lambda-url.\r\n\r\n", "GET /mock HTTP/1.1\r\nHost: a.lambda-url\r\n\r\n",
      "GET /mock HTTP/1.1\r\nHost: [::1]:99999999999\r\n\r\n", "GET /mock HTTP/1.1\r\nHost: a\0b\r\n\r\n",
      "GET /mock HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
      "GET /mock HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
      "GET /mock HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
      "GET /mock HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "GET /mock HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\n",
      "GET /mock HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
      "GET /mock HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nGET /mock HTTP/1.1\r\n\r\n",
      "GET /mock HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
        + "HTTP2-Settings: AA\r\n\r\n",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0",
      "GET /mock HTTP/1.1\r\n : b\r\n\r\n", "GET /mock HTTP/1.1\r\nHost: localhost\r\n folded\r\n\r\n",
      "GET /mock HTTP/1.1\r\nA\u{7f}: b\r\nHost: localhost\r\n\r\n",
      "GET /mock\u{1} HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "GET /mock#fragment HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET /mock?a#b HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "GET /\(String(repeating: "a", count: 200_000)) HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "GET /\(String(repeating: "/", count: 50_000)) HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "GET /mock?\(String(repeating: "&=", count: 20_000)) HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "GET /mock HTTP/1.1\r\nHost: localhost\r\n\(String(repeating: "A: b\r\n", count: 2000))\r\n",
      "GET /mock HTTP/1.1\r\nHost: localhost\r\nX: \(String(repeating: "b", count: 100_000))\r\n\r\n",
      "GET /mock HTTP/1.1\nHost: localhost\n\n",
      "GET /mock HTTP/1.1\r\nHost: localhost\r\n\r\n\r\n\r\nGET /mock HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ]
    // The statuses of the responses to each, and lastly to bytes that aren't UTF-8, in every part of a request.
    let statuses = [
      [400], [], [400], [400], [400], [400], [200], [403], [403], [400], [400], [403], [403], [403], [400], [403],
      [403],
      [403], [400], [400], [400], [400], [400], [400], [400], [200], [200], [400], [400], [400], [400], [400], [400],
      [403], [200], [400], [403], [200], [400], [400], [400], [200, 200], [400],
    ]
    let bytes = ["GET /mo\u{1}ck?a=\u{1} HTTP/1.1\r\nHost: a\u{1}\r\nX-A: \u{1}\r\nCookie: \u{1}=\u{1}; \u{1}\r\n\r\n"]
      .map { Array($0.utf8).map { $0 == 1 ? 0xff : $0 } }
    try await ServedGateway.serving(
      ProxyRoutes.template + "\n" + mock.split(separator: "\n").dropFirst().joined(separator: "\n")
    ) { gateway in
      let pieces = pieces.map { Array($0.utf8) } + bytes
      try #require(pieces.count == statuses.count)
      for (piece, statuses) in zip(pieces, statuses) {
        let answer = try await gateway.talk { connection in
          connection.send(piece)
          connection.finishSending()
          return String(decoding: try connection.rest(), as: UTF8.self)
        }
        // The answer to a head that is too long may be overtaken by the reset of a connection with unread bytes.
        if answer.isEmpty, piece.count > 80_000 { continue }
        let seen = answer.matches(of: #/HTTP/1\.1 (\d{3}) /#).map { Int($0.1) }
        #expect(seen == statuses, "\(String(decoding: piece.prefix(80), as: UTF8.self))")
      }
      #expect(try await isWell(gateway))
      #expect(try await gateway.answer("GET /mock").text == "mocked")
    }
  }

  @Test("may name the host in its request line")
  func absoluteForm() async throws {
    try await ServedGateway.serving(mock) { gateway in
      for query in ["", "?a=b"] {
        let answer = try await gateway.answer("GET http://gateway.localhost:3000/mock\(query)")
        #expect(answer.text == "mocked")
      }
    }
  }

  @Test("may not come from another site's page, which leaves one line in the log")
  func refused() async throws {
    try await ServedGateway.serving(mock) { gateway in
      for header in ["Origin: https://other.example", "Host: rebound.example:3000", "Sec-Fetch-Site: cross-site"] {
        let answer = try await gateway.answer("POST /mock?secret=1", [header], body: "{}")
        #expect(answer.status == 403, "\(header)")
        #expect(answer.values("Content-Type") == ["text/plain; charset=utf-8"])
      }
      let line = try await gateway.line(containing: "https://other.example")
      #expect(
        line == "POST /mock no route 403 0.0 ms: the request comes from a page of the origin "
          + "\"https://other.example\", which is not on this machine")
      #expect(gateway.log.withLock { $0.count } == 3)
    }
  }
}
