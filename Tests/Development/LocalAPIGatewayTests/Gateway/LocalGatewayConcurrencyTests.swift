import DevelopmentTestSupport
import Foundation
import TestSupport
import Testing

@testable import LocalAPIGateway

@Suite("Over real sockets, concurrent callers", .timeLimit(.minutes(5)))
struct LocalGatewayConcurrencyTests {
  private func template(limit: Int) -> String {
    ProxyRoutes.template.replacing("Timeout: 60", with: "Timeout: 60, ReservedConcurrentExecutions: \(limit)")
  }

  /// Waits until this many processes have an event and wait at the gate.
  private func waiting(_ count: Int, in gateway: ServedGateway) async throws {
    let file = gateway.directory.appending(path: "waiting")
    try await until {
      (try? String(contentsOf: file, encoding: .utf8))?.split(separator: "\n").count == count
    }
  }

  @Test("get a process each: 50 callers get 50, none with two events at once, and the 51st is throttled")
  func fifty() async throws {
    try await ServedGateway.serving(template(limit: 50)) { gateway in
      let gate = Gate(in: gateway.directory.path)
      // One thread is enough, because all requests are sent before the first response is read.
      let connections = try (0..<50).map { _ in try Caller(gateway) }
      for caller in connections { caller.send("GET /rest", "x-command: gate") }
      try await waiting(50, in: gateway)
      let (rest, http, url) = try await (
        gateway.answer("GET /rest"), gateway.answer("GET /httpV2"), gateway.answer("GET /", [ProxyRoutes.url.host])
      )
      let statuses = [rest.status, http.status, url.status]
      #expect(statuses == [500, 503, 429])
      #expect(rest.text == #"{"message":"Internal server error"}"#)
      #expect(http.text == #"{"message":"Service Unavailable"}"#)
      gate.open()
      let pids = try await answers(connections)
      #expect(Set(pids).count == 50)
      // Again, on the same connections: the waiting processes are reused.
      for caller in connections { caller.send("GET /rest", "x-command: gate") }
      #expect(Set(pids).isSuperset(of: try await answers(connections)))
      // The record of each process: an event begins only after the previous one has ended.
      let record = try String(contentsOf: gateway.directory.appending(path: "record"), encoding: .utf8)
      let lines = record.split(separator: "\n").map { $0.split(separator: " ") }
      #expect(lines.count == 200)
      try #require(lines.allSatisfy { $0.count == 3 })
      for (pid, events) in Dictionary(grouping: lines, by: { $0[0] }) {
        for (index, event) in events.enumerated() {
          #expect(event[1] == (index % 2 == 0 ? "begin" : "end"), "\(pid)")
          #expect(event[2] == events[index - index % 2][2], "\(pid)")
        }
      }
    }
  }

  private func answers(_ callers: [Caller]) async throws -> [String] {
    try await offPool {
      try callers.map { caller in
        let answer = try caller.answer()
        #expect(answer.status == 200)
        return answer.text
      }
    }
  }

  @Test("are throttled by a limit of 0 in every kind of API")
  func zero() async throws {
    try await ServedGateway.serving(template(limit: 0)) { gateway in
      for (routes, status) in zip(ProxyRoutes.allCases, [500, 503, 503, 429]) {
        let answer = try await gateway.answer("GET \(routes.path(""))", [routes.host])
        #expect(answer.status == status, "\(routes)")
      }
    }
  }

  @Test("leave no processes or open port behind if the gateway ends while they wait")
  func end() async throws {
    let (port, pids, callers) = try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      _ = Gate(in: gateway.directory.path)
      let callers = try (0..<3).map { _ in try Caller(gateway) }
      for (caller, path) in zip(callers, ["/rest", "/httpV2", "/httpV1"]) {
        caller.send("GET \(path)", "x-command: gate")
      }
      try await waiting(3, in: gateway)
      let file = gateway.directory.appending(path: "waiting")
      let pids = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { Int($0) }
      #expect(pids.allSatisfy(isAlive))
      return (gateway.port, pids, callers)
    }
    #expect(pids.count == 3)
    #expect(!pids.contains(where: isAlive))
    // A process that another test has just started may still hold the port, but nothing accepts connections.
    let isUnserved = try await offPool {
      guard let connection = try? HTTPConnection(to: port) else { return true }
      connection.send(request("GET /nowhere"))
      return (try? connection.answer()) == nil
    }
    #expect(isUnserved)
    // Waiting callers get a response or the connection's end.
    try await offPool { for caller in callers { #expect((try? caller.answer())?.status ?? 504 >= 500) } }
  }
}
