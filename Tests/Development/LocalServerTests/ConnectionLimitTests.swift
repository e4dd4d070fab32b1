import DevelopmentTestSupport
import Foundation
import LocalServer
import TestSupport
import Testing

@Suite("A local server limits", .timeLimit(.minutes(2)))
struct ConnectionLimitTests {
  /// Serves `GET /`, `POST /`, `GET /large` and `GET /slow`, which waits for the gate, within these limits.
  private func serving(
    _ change: (inout ConnectionLimits) -> Void, _ body: @Sendable (Served) async throws -> Void
  ) async throws {
    let gate = AsyncStream<Void>.makeStream()
    let refused = Monitor<[RefusedRequest]>([])
    var configuration = LocalServerConfiguration()
    // No time limit but those of the test.
    configuration.limits = .patient
    change(&configuration.limits)
    configuration.refused = { request in refused.withLock { $0.append(request) } }
    let isWaiting = Monitor(false)
    let responder = TextResponder { request in
      switch request.target {
      case "/large": return String(repeating: "a", count: 50_000_000)
      case "/slow":
        isWaiting.withLock { $0 = true }
        for await _ in gate.stream {}
        return "slow"
      default: return request.method == "POST" ? "\(try request.body.count)" : "here"
      }
    }
    try await withLocalServer(responder, configuration: configuration) { port in
      try await body(Served(port: port, gate: gate.continuation, isWaiting: isWaiting, refused: refused))
      gate.continuation.finish()
    }
  }

  private struct Served: Sendable {
    let port: Int
    let gate: AsyncStream<Void>.Continuation
    let isWaiting: Monitor<Bool>
    let refused: Monitor<[RefusedRequest]>

    func connection() throws -> SharedConnection { SharedConnection(try HTTPConnection(to: port)) }

    /// The response to a request on a connection of its own.
    func answer(_ line: String = "GET /") async throws -> HTTPConnection.Answer {
      try await offPool { [port] in
        let connection = try HTTPConnection(to: port)
        connection.send("\(line) HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return try connection.answer()
      }
    }
  }

  /// A connection that the test's own tasks use in turn.
  private final class SharedConnection: @unchecked Sendable {
    private let connection: HTTPConnection

    init(_ connection: HTTPConnection) { self.connection = connection }

    func send(_ text: String) { connection.send(text) }

    func answer() async throws -> HTTPConnection.Answer { try await offPool { try self.connection.answer() } }

    /// What the server sends until it ends the connection.
    func rest() async throws -> String {
      try await offPool { String(decoding: try self.connection.rest(), as: UTF8.self) }
    }
  }

  private static let get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"

  @Test("how long a connection is idle, before its first request and after one")
  func idle() async throws {
    try await serving {
      $0.idle = .milliseconds(50)
    } _: { server in
      #expect(try await server.connection().rest() == "")
      // On a busy machine, the request may be late.
      var text = ""
      while text.isEmpty {
        let used = try server.connection()
        used.send(Self.get)
        text = try await used.rest()
      }
      #expect(text.hasSuffix("here"))
      #expect(server.refused.withLock { $0.isEmpty })
    }
  }

  @Test("how long a request's head takes, even if bytes keep coming")
  func slowHead() async throws {
    try await serving {
      $0.idle = .milliseconds(50)
    } _: { server in
      let slow = try server.connection()
      slow.send("GET / HTTP/1.1\r\nHost: local")
      let drip = Task {
        while !Task.isCancelled {
          slow.send("x")
          try await Task.sleep(for: .milliseconds(1))
        }
      }
      // Closing a connection with unread bytes may reset it.
      #expect((try? await slow.rest()) ?? "" == "")
      drip.cancel()
    }
  }

  @Test("how long a request's body takes: it is a 408, with a line in the log")
  func slowBody() async throws {
    try await serving {
      $0.transfer = .milliseconds(50)
    } _: { server in
      let slow = try server.connection()
      slow.send("POST /?secret HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n12345")
      let text = try await slow.rest()
      #expect(text.hasPrefix("HTTP/1.1 408 "))
      #expect(text.hasSuffix("apigw-batch: the body did not arrive within 0.05 s; send it faster\n"))
      #expect(server.refused.withLock { $0.map { "\($0.method) \($0.path) \($0.status)" } } == ["POST / 408"])
    }
  }

  @Test("how long a client takes for its response")
  func unread() async throws {
    try await serving {
      ($0.transfer, $0.connections) = (.milliseconds(50), 1)
    } _: { server in
      let unread = try server.connection()
      unread.send("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
      // There is room for another connection once this one is closed.
      var isClosed = false
      while !isClosed { isClosed = try await server.answer().status == 200 }
      #expect((try? await unread.rest().utf8.count) ?? 0 < 50_000_000)
    }
  }

  @Test("not how long the server itself takes")
  func slowServer() async throws {
    try await serving {
      ($0.idle, $0.transfer) = (.milliseconds(50), .milliseconds(50))
    } _: { server in
      var waiting: SharedConnection
      repeat {
        // On a busy machine, the request may be late.
        waiting = try server.connection()
        waiting.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
      } while try await offPool { server.isWaiting.wait(seconds: 1) { $0 ? true : nil } } == nil
      // Another connection is closed meanwhile, although it was opened later.
      #expect(try await server.connection().rest() == "")
      server.gate.finish()
      #expect(try await waiting.answer().text == "slow")
    }
  }

  @Test("the open connections: others get a 503 that says so, until one is closed")
  func connections() async throws {
    try await serving {
      $0.connections = 2
    } _: { server in
      var open = [try server.connection(), try server.connection()]
      for connection in open {
        connection.send(Self.get)
        #expect(try await connection.answer().text == "here")
      }
      let answer = try await server.answer()
      #expect(answer.status == 503)
      #expect(answer.values("Retry-After") == ["1"])
      #expect(answer.text == "apigw-batch: all 2 connections are in use; close some, and try again\n")
      #expect(server.refused.withLock { $0.map(\.status) } == [503])
      open.removeLast()
      var status = 503
      while status == 503 { status = try await server.answer().status }
      #expect(status == 200)
    }
  }

  @Test("the requests that it serves at once: others get a 503 that says so, on connections that stay")
  func requests() async throws {
    try await serving {
      $0.requests = 1
    } _: { server in
      let first = try server.connection()
      first.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
      _ = try await offPool { server.isWaiting.wait(seconds: 30) { $0 ? true : nil } }
      let second = try server.connection()
      for (method, body) in [("GET", ""), ("POST", "abc")] {
        second.send(
          "\(method) /?secret HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.count)\r\n\r\n\(body)")
        let answer = try await second.answer()
        #expect(answer.status == 503)
        #expect(answer.values("Retry-After") == ["1"])
        #expect(answer.text == "apigw-batch: 1 requests are already being served; try again\n")
      }
      let refused = server.refused.withLock { $0.map { "\($0.method) \($0.path) \($0.status)" } }
      #expect(refused == ["GET / 503", "POST / 503"])
      server.gate.finish()
      #expect(try await first.answer().text == "slow")
      var status = 503
      while status == 503 {
        second.send(Self.get)
        status = try await second.answer().status
      }
      #expect(status == 200)
    }
  }
}
