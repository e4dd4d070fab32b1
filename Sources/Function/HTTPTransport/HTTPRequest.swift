/// An HTTP request, held in memory.
package struct HTTPRequest: Sendable {
  /// A header field as it is sent.
  package typealias Header = (name: String, value: String)

  /// GET or POST; no other method is needed.
  package enum Method: Sendable {
    case get
    case post([UInt8])
  }

  /// The method, with the body of a POST.
  package var method: Method
  /// An absolute `http` or `https` URL.
  package var url: String
  /// The headers, in addition to those that libcurl adds: Accept, User-Agent, Content-Length, and Host and Content-Type
  /// unless they are given. No value may contain a line break.
  package var headers: [Header]
  /// Whether the server may safely receive the request twice.
  ///
  /// When a kept connection dies before the response, libcurl sends the request again by itself, even a POST. It is
  /// allowed to only for an idempotent request.
  package var isIdempotent: Bool

  /// A request.
  package init(_ method: Method, _ url: String, headers: [Header] = [], isIdempotent: Bool) {
    self.method = method
    self.url = url
    self.headers = headers
    self.isIdempotent = isIdempotent
  }
}
