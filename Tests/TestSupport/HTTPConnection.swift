internal import Glibc

/// A client's connection to an HTTP/1.1 server on 127.0.0.1 that sends exactly the bytes a test writes, without adding,
/// checking or normalizing anything.
///
/// Its calls block: see `offPool`.
package final class HTTPConnection {
  /// A response as received.
  package struct Answer: Sendable {
    /// The first line.
    package let statusLine: String
    /// The header fields, in order.
    package let headers: [(name: String, value: String)]
    /// The body.
    package let body: [UInt8]

    /// The status code; 0 if the first line has none.
    package var status: Int { statusLine.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0 }
    /// The body as text.
    package var text: String { String(decoding: body, as: UTF8.self) }
    /// The values of a header, whatever the case of its name.
    package func values(_ name: String) -> [String] {
      headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }
  }

  private let socket: StreamSocket
  private var reader: MessageReader

  /// Connects to a port.
  package init(to port: Int) throws {
    socket = try StreamSocket.connected(to: port)
    reader = MessageReader(socket)
  }

  deinit { socket.close() }

  /// Sends bytes; false if the server has closed the connection.
  @discardableResult
  package func send(_ bytes: [UInt8]) -> Bool { socket.send(bytes) }

  /// Sends text.
  @discardableResult
  package func send(_ text: String) -> Bool { socket.send(Array(text.utf8)) }

  /// Tells the server that nothing more will be sent; it can still respond.
  package func finishSending() { socket.finishSending() }

  /// Makes closing the connection send a reset.
  package func resetWhenClosed() { socket.resetWhenClosed() }

  /// Reads the next response; `Content-Length` determines the length of its body.
  ///
  /// - Parameter method: the method of the request; the response to a `HEAD` has no body.
  package func answer(to method: String = "GET") throws -> Answer {
    guard let head = reader.text() else { throw TestFailure("the connection ended before the response was complete") }
    let (start, headers) = MessageReader.lines(head)
    let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
    guard let body = reader.take(method == "HEAD" ? 0 : length) else {
      throw TestFailure("the connection ended within the body of \(start)")
    }
    return Answer(statusLine: start, headers: headers, body: body)
  }

  /// Reads everything until the server ends the connection.
  package func rest() throws -> [UInt8] {
    while reader.receive() {}
    guard errno != EAGAIN else { throw TestFailure("the server doesn't end the connection") }
    return reader.buffer
  }
}
