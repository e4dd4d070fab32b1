internal import Platform

extension HTTPClient {
  /// Whether the last response may be a stray one: it came on a reused connection, and more has come on it since, which
  /// may be the response that was waited for.
  ///
  /// It is asked as of now: what comes later can still raise a doubt. Behind an empty or a chunked body libcurl drops what
  /// it has already read, so that nothing is seen of it here.
  package var responseIsDoubtful: Bool {
    guard connection.wasReused else { return false }
    if connection.socket >= 0 { return connection.holdsBytes }
    // libcurl closes a connection by itself when it has read more than the body's length.
    let response = HTTPResponse(status: 0, head: exchange.head)
    let isClosedByServer =
      exchange.head.starts(with: "HTTP/1.0".utf8)
      || response[header: "Connection"]?.equalsIgnoringASCIICase("close") == true
    return response[header: "Content-Length"] != nil && !isClosedByServer
  }
}
