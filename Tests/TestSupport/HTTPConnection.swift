internal import Glibc

/// A client's connection to an HTTP/1.1 server on 127.0.0.1, which sends what a test writes, byte by byte: nothing is
/// added, checked or tidied.
///
/// Its calls block: see `offPool`.
package final class HTTPConnection {
  /// An answer as it came.
  package struct Answer: Sendable {
    /// The first line.
    package let statusLine: String
    /// The header fields in their order.
    package let headers: [(name: String, value: String)]
    /// The body.
    package let body: [UInt8]

    /// The status code; 0 when the first line has none.
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

  /// Sends bytes; false when the server has gone.
  @discardableResult
  package func send(_ bytes: [UInt8]) -> Bool { socket.send(bytes) }

  /// Sends text.
  @discardableResult
  package func send(_ text: String) -> Bool { socket.send(Array(text.utf8)) }

  /// Tells the server that nothing more will come; its answer still can.
  package func finishSending() { socket.finishSending() }

  /// Makes the connection end with a reset.
  package func resetWhenClosed() { socket.resetWhenClosed() }

  /// The next answer; a body's length is what `Content-Length` says.
  ///
  /// - Parameter method: the method of the request; the answer to a `HEAD` has no body.
  package func answer(to method: String = "GET") throws -> Answer {
    guard let head = reader.text() else { throw TestFailure("the connection ended before an answer was whole") }
    let (start, headers) = MessageReader.lines(head)
    let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
    guard let body = reader.take(method == "HEAD" ? 0 : length) else {
      throw TestFailure("the connection ended within the body of \(start)")
    }
    return Answer(statusLine: start, headers: headers, body: body)
  }

  /// What comes until the server ends the connection.
  package func rest() throws -> [UInt8] {
    while reader.receive() {}
    guard errno != EAGAIN else { throw TestFailure("the server doesn't end the connection") }
    return reader.buffer
  }
}
