internal import Foundation

extension ScriptedServer {
  /// A request as received.
  package struct Request: Sendable {
    /// The number of its connection, counting accepted ones from 1.
    package let connection: Int
    /// The method, as sent.
    package let method: String
    /// The target, as sent: a path and an optional query.
    package let path: String
    /// The headers, in order, with names and values as sent.
    package let headers: [(name: String, value: String)]
    /// The body's bytes, without any chunked framing.
    package let body: [UInt8]
    /// The time when it was complete, in milliseconds since the Unix epoch.
    package let receivedAt: Int

    /// The value of a header, ignoring the case of its name; nil if it was not sent.
    package func header(_ name: String) -> String? {
      headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body as text.
    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The members of the body; empty unless it is a JSON object.
    package var json: [String: Any] { JSONText.object(body) }
  }

  /// A server's response.
  package struct Response: Sendable {
    /// The status code.
    package var status: Int
    /// The headers in addition to `Content-Length`.
    package var headers: [(String, String)]
    /// The body's bytes.
    package var body: [UInt8]

    /// A response with these headers in addition to `Content-Length`.
    package init(_ status: Int, headers: [(String, String)] = [("Content-Type", "application/json")], _ body: [UInt8]) {
      self.status = status
      self.headers = headers
      self.body = body
    }

    /// A response with a text body.
    package init(
      _ status: Int, headers: [(String, String)] = [("Content-Type", "application/json")], _ body: String = ""
    ) {
      self.init(status, headers: headers, Array(body.utf8))
    }

    /// The complete response, as sent.
    package var bytes: [UInt8] { head + body }

    /// The head, with the length of the complete body.
    var head: [UInt8] {
      let lines = headers.map { "\($0.0): \($0.1)\r\n" }.joined()
      return Array("HTTP/1.1 \(status) Status\r\nContent-Length: \(body.count)\r\n\(lines)\r\n".utf8)
    }
  }

  /// A server's reaction to a complete request.
  package enum Reply: Sendable {
    /// Responds, and keeps the connection open.
    case answer(Response)
    /// Responds, and sends these bytes unasked after a delay; in the same write if the delay is nil.
    case answerThenStray(Response, [UInt8], milliseconds: Int?)
    /// Responds, and closes the connection without announcing it.
    case answerThenClose(Response)
    /// Sends the head and half of the body, and closes the connection.
    case halfAnswer(Response)
    /// Sends the head and half of the body, then nothing; the connection stays open.
    case halfAnswerThenStall(Response)
    /// Responds with one byte of the body at a time, each after a delay, and keeps the connection open.
    case slowAnswer(Response, milliseconds: Int)
    /// Sends these bytes and closes the connection.
    case bytes([UInt8])
    /// Closes the connection without a response.
    case close
    /// Resets the connection without a response.
    case reset
    /// Never responds; the connection stays open until the client closes it.
    case stall
  }
}
