/// An HTTP request, whole in memory.
package struct HTTPRequest: Sendable {
  /// A header field as it is sent.
  package typealias Header = (name: String, value: String)

  /// GET or POST: nothing here needs another.
  package enum Method: Sendable {
    case get
    case post([UInt8])
  }

  /// The method, with the body of a POST.
  package var method: Method
  /// An absolute `http` or `https` URL.
  package var url: String
  /// The headers beside those that libcurl adds: Accept, User-Agent, Content-Length, and Host and Content-Type where they
  /// are not given. No value holds a line break.
  package var headers: [Header]
  /// Whether it does no harm when the server gets the request twice.
  ///
  /// libcurl by itself sends a request again when a kept connection dies before an answer, a POST as well. It may do so
  /// with an idempotent request only.
  package var isIdempotent: Bool

  /// A request.
  package init(_ method: Method, _ url: String, headers: [Header] = [], isIdempotent: Bool) {
    self.method = method
    self.url = url
    self.headers = headers
    self.isIdempotent = isIdempotent
  }
}
