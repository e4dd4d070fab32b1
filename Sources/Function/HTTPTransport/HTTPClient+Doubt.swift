internal import Platform

extension HTTPClient {
  /// Whether the last response may belong to another request: it came on a reused connection, and more bytes have
  /// arrived since, which may be the real response.
  ///
  /// The result holds for now: bytes that arrive later can still make a response doubtful. After an empty or chunked
  /// body, libcurl discards what it has already read, so that those bytes go unnoticed.
  package var responseIsDoubtful: Bool {
    guard connection.wasReused else { return false }
    if connection.socket >= 0 { return connection.holdsBytes }
    // libcurl itself closes a connection when it has read more than the body's length.
    let response = HTTPResponse(status: 0, head: exchange.head)
    let isClosedByServer =
      exchange.head.starts(with: "HTTP/1.0".utf8)
      || response[header: "Connection"]?.equalsIgnoringASCIICase("close") == true
    return response[header: "Content-Length"] != nil && !isClosedByServer
  }
}
