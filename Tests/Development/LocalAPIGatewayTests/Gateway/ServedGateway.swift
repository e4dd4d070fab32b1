import DevelopmentTestSupport
import Foundation
import LocalBatch
import TestSupport

@testable import LocalAPIGateway

/// A gateway on a port, as its clients see it.
struct ServedGateway: Sendable {
  /// The port.
  let port: Int
  /// Where the template and the function are.
  let directory: URL
  /// The lines it has logged.
  let log: Monitor<[String]>

  /// Serves a template with a function in Python, whose directory is the template's own, while `body` runs.
  ///
  /// - Parameter batch: where the `aws` integrations find Batch; nowhere unless it's given.
  static func serving<Value: Sendable>(
    _ template: String, function: String = ObedientFunction.script, batch: String = "http://127.0.0.1:1",
    _ body: @Sendable (ServedGateway) async throws -> Value
  ) async throws -> Value {
    try await StandInFunction.withDirectory(function) { directory in
      let file = directory.appending(path: "template.yaml")
      try Data(template.utf8).write(to: file)
      let gateway = try LocalGateway(
        templateAt: file.path, stackName: "apigw-batch", region: "us-east-1",
        credentials: EmbeddedBatch.demoCredentials,
        variables: ["AWS_ENDPOINT_URL_BATCH": batch])
      let log = Monitor<[String]>([])
      return try await gateway.serve(log: { line in log.withLock { $0.append("\(line)") } }) { port in
        try await body(ServedGateway(port: port, directory: directory, log: log))
      }
    }
  }

  /// Sends one request on a connection of its own, and gives the answer.
  func answer(_ line: String, _ headers: [String] = [], body: String = "") async throws -> HTTPConnection.Answer {
    try await answer(line, headers, body: Array(body.utf8))
  }

  /// Sends one request with a body of any bytes.
  func answer(_ line: String, _ headers: [String] = [], body: [UInt8]) async throws -> HTTPConnection.Answer {
    try await talk { connection in
      connection.send(request(line, headers, body: body))
      return try connection.answer(to: String(line.prefix { $0 != " " }))
    }
  }

  /// The payload that a function posts is the body of a request; the answer is what a client sees of it.
  func answer(to payload: String, at path: String, _ headers: [String] = []) async throws -> HTTPConnection.Answer {
    try await answer("POST \(path)", ["x-command: payload", "Content-Type: text/plain"] + headers, body: payload)
  }

  /// Talks on a connection of its own, outside Swift's thread pool.
  func talk<Value: Sendable>(_ talk: @escaping @Sendable (HTTPConnection) throws -> Value) async throws -> Value {
    try await offPool { [port] in try talk(HTTPConnection(to: port)) }
  }

  /// Waits until a line of the log has a text; nil when it doesn't come.
  func line(containing text: String, seconds: Double = 30) async throws -> String? {
    try await offPool { [log] in log.wait(seconds: seconds) { lines in lines.first { $0.contains(text) } } }
  }
}

/// The bytes of a request, with a `Host` header unless it's given, and with the length of a body.
func request(_ line: String, _ headers: [String] = [], body: [UInt8] = []) -> [UInt8] {
  var lines = ["\(line) HTTP/1.1"]
  if !headers.contains(where: { $0.lowercased().hasPrefix("host:") }) { lines.append("Host: gateway.test:3000") }
  lines += headers
  if !body.isEmpty { lines.append("Content-Length: \(body.count)") }
  return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
}
