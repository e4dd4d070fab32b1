import DevelopmentTestSupport
import Foundation
import LocalBatch
import LocalServer
import TestSupport

@testable import LocalAPIGateway

/// A gateway on a port, as seen by clients.
struct ServedGateway: Sendable {
  /// The port.
  let port: Int
  /// The directory of the template and the function.
  let directory: URL
  /// The lines of its log.
  let log: Monitor<[String]>

  /// Serves a template with a Python function, in the template's directory, while `body` runs.
  ///
  /// - Parameters:
  ///   - batch: the endpoint for `aws` integrations; by default, nothing listens there.
  ///   - origins: the origins whose pages may call, besides loopback ones.
  static func serving<Value: Sendable>(
    _ template: String, function: String = ObedientFunction.script, batch: String = "http://127.0.0.1:1",
    origins: [String] = [], _ body: @Sendable (ServedGateway) async throws -> Value
  ) async throws -> Value {
    try await StandInFunction.withDirectory(function) { directory in
      let file = directory.appending(path: "template.yaml")
      try Data(template.utf8).write(to: file)
      let gateway = try LocalGateway(
        templateAt: file.path, stackName: "apigw-batch", region: "us-east-1",
        credentials: EmbeddedBatch.demoCredentials,
        variables: ["AWS_ENDPOINT_URL_BATCH": batch])
      let log = Monitor<[String]>([])
      let admission = origins.isEmpty ? .loopback : Admission(hosts: [], origins: origins)
      return try await gateway.serve(admission: admission, log: { line in log.withLock { $0.append("\(line)") } }) {
        running in
        try await body(ServedGateway(port: running.port, directory: directory, log: log))
      }
    }
  }

  /// Sends a request on its own connection, and returns the response.
  func answer(_ line: String, _ headers: [String] = [], body: String = "") async throws -> HTTPConnection.Answer {
    try await answer(line, headers, body: Array(body.utf8))
  }

  /// Sends a request with any bytes as its body.
  func answer(_ line: String, _ headers: [String] = [], body: [UInt8]) async throws -> HTTPConnection.Answer {
    try await talk { connection in
      connection.send(request(line, headers, body: body))
      return try connection.answer(to: String(line.prefix { $0 != " " }))
    }
  }

  /// Makes the function return this payload, by sending it as a request's body, and returns the client's response.
  func answer(to payload: String, at path: String, _ headers: [String] = []) async throws -> HTTPConnection.Answer {
    try await answer("POST \(path)", ["x-command: payload", "Content-Type: text/plain"] + headers, body: payload)
  }

  /// Runs an exchange on its own connection, outside Swift's thread pool.
  func talk<Value: Sendable>(_ talk: @escaping @Sendable (HTTPConnection) throws -> Value) async throws -> Value {
    try await offPool { [port] in try talk(HTTPConnection(to: port)) }
  }

  /// Waits for a line of the log that contains a text; nil if it doesn't appear.
  func line(containing text: String, seconds: Double = 30) async throws -> String? {
    try await offPool { [log] in log.wait(seconds: seconds) { lines in lines.first { $0.contains(text) } } }
  }
}

/// The bytes of a request, with a default `Host` header, and with the length of the body.
func request(_ line: String, _ headers: [String] = [], body: [UInt8] = []) -> [UInt8] {
  var lines = ["\(line) HTTP/1.1"]
  if !headers.contains(where: { $0.lowercased().hasPrefix("host:") }) { lines.append("Host: gateway.localhost:3000") }
  lines += headers
  if !body.isEmpty { lines.append("Content-Length: \(body.count)") }
  return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
}

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
