import DevelopmentTestSupport
import Foundation
import FoundationNetworking
import LocalServer
import TestSupport
import Testing

@Suite("A local server")
struct LocalServerTests {
  private struct Stop: Error {}

  /// A text unique to this test: a released port may belong to another test by now.
  private let word = UUID().uuidString

  private var responder: TextResponder { TextResponder { [word] _ in word } }

  /// Whether this test's server responds on a port.
  private func answers(_ port: Int) async -> Bool {
    guard let url = URL(string: "http://127.0.0.1:\(port)/") else { return false }
    let session = URLSession(configuration: .ephemeral)
    defer { session.finishTasksAndInvalidate() }
    return (try? await session.data(from: url))?.0 == Data(word.utf8)
  }

  @Test("listens only while its body runs")
  func lifetime() async throws {
    let port = try await withLocalServer(responder) { port in
      #expect(await answers(port))
      return port
    }
    #expect(await !answers(port))
  }

  @Test("rethrows what its body throws, and stops")
  func failure() async throws {
    let (ports, seen) = AsyncStream.makeStream(of: Int.self)
    await #expect(throws: Stop.self) {
      try await withLocalServer(responder) { port in
        seen.yield(port)
        throw Stop()
      }
    }
    let port = try #require(await ports.first { _ in true })
    #expect(await !answers(port))
  }

  @Test("stops when it is cancelled")
  func cancellation() async throws {
    let (ports, seen) = AsyncStream.makeStream(of: Int.self)
    let server = Task {
      try await withLocalServer(responder) { port in
        seen.yield(port)
        try await Task.sleep(for: .seconds(3600))
      }
    }
    let port = try #require(await ports.first { _ in true })
    server.cancel()
    await #expect(throws: CancellationError.self) { try await server.value }
    #expect(await !answers(port))
  }

  @Test("listens on ::1 as well, on the same port", .enabled(if: IPv6Socket.isSupported))
  func addresses() async throws {
    try await withLocalServer(responder) { port in
      let text = try await offPool {
        try IPv6Socket(to: port).response(to: "GET / HTTP/1.1\r\nHost: [::1]\r\nConnection: close\r\n\r\n")
      }
      #expect(text.hasSuffix(word))
      #expect(await answers(port))
    }
    var configuration = LocalServerConfiguration()
    configuration.servesIPv6 = false
    try await withLocalServer(responder, configuration: configuration) { port in
      #expect(throws: (any Error).self) { try IPv6Socket(to: port) }
      #expect(await answers(port))
    }
  }

  @Test("reports a port that is in use on ::1 alone", .enabled(if: IPv6Socket.isSupported))
  func takenOnIPv6() async throws {
    let other = try IPv6Socket()
    let error = await #expect(throws: LocalServerError.self) {
      try await withLocalServer(responder, port: other.port) { _ in }
    }
    #expect(error?.description == "port \(other.port) on ::1 is already in use; use --port 0 to pick a free one")
  }

  @Test("reports a port that is already in use, with the fix")
  func taken() async throws {
    try await withLocalServer(responder) { port in
      let error = await #expect(throws: LocalServerError.self) {
        try await withLocalServer(responder, port: port) { _ in }
      }
      let line = "port \(port) on 127.0.0.1 is already in use; use --port 0 to pick a free one"
      #expect(error?.description == line)
    }
  }
}
