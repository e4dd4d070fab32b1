import TestSupport

/// A connection that several tasks may use in turn.
final class Caller: @unchecked Sendable {
  private let connection: HTTPConnection

  init(_ gateway: ServedGateway) throws {
    connection = try HTTPConnection(to: gateway.port)
  }

  func send(_ line: String, _ headers: String...) { connection.send(request(line, headers)) }

  func resetWhenClosed() { connection.resetWhenClosed() }

  func answer() throws -> HTTPConnection.Answer { try connection.answer() }
}
