internal import Foundation

extension ScriptedServer {
  /// A request as it came over the wire.
  package struct Request: Sendable {
    /// Which connection it came on: 1 is the first that was accepted.
    package let connection: Int
    /// The method, as sent.
    package let method: String
    /// The target, as sent: a path and perhaps a query.
    package let path: String
    /// The headers in their order, names and values as sent.
    package let headers: [(name: String, value: String)]
    /// The body's bytes, out of their chunks if it came in chunks.
    package let body: [UInt8]
    /// When it had come whole, in milliseconds since the Unix epoch.
    package let receivedAt: Int

    /// The value of a header, whatever the case of its name; nil when it was not sent.
    package func header(_ name: String) -> String? {
      headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body as text.
    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The members of the body, empty unless it is a JSON object.
    package var json: [String: Any] { JSONText.object(body) }
  }

  /// What a server answers.
  package struct Response: Sendable {
    /// The status code.
    package var status: Int
    /// The headers besides `Content-Length`.
    package var headers: [(String, String)]
    /// The body's bytes.
    package var body: [UInt8]

    /// An answer with these headers besides `Content-Length`.
    package init(_ status: Int, headers: [(String, String)] = [("Content-Type", "application/json")], _ body: [UInt8]) {
      self.status = status
      self.headers = headers
      self.body = body
    }

    /// An answer with a body of text.
    package init(
      _ status: Int, headers: [(String, String)] = [("Content-Type", "application/json")], _ body: String = ""
    ) {
      self.init(status, headers: headers, Array(body.utf8))
    }

    /// The whole response as it is sent.
    package var bytes: [UInt8] { head + body }

    /// The head, with the length of the whole body.
    var head: [UInt8] {
      let lines = headers.map { "\($0.0): \($0.1)\r\n" }.joined()
      return Array("HTTP/1.1 \(status) Status\r\nContent-Length: \(body.count)\r\n\(lines)\r\n".utf8)
    }
  }

  /// What a server does with one request that has come whole.
  package enum Reply: Sendable {
    /// Answers, and keeps the connection.
    case answer(Response)
    /// Answers, and sends these bytes some milliseconds later, unasked; at once, in one write, when that is nil.
    case answerThenStray(Response, [UInt8], milliseconds: Int?)
    /// Answers, and closes the connection without having said so.
    case answerThenClose(Response)
    /// Sends the head and half of the body, and closes the connection.
    case halfAnswer(Response)
    /// Sends the head and half of the body, and nothing more; the connection stays open.
    case halfAnswerThenStall(Response)
    /// Sends these bytes, whatever they are, and closes the connection.
    case bytes([UInt8])
    /// Closes the connection without an answer.
    case close
    /// Resets the connection without an answer.
    case reset
    /// Never answers; the connection stays open until the other side closes it.
    case stall
  }
}
