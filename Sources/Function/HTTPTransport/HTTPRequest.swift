package import Platform

/// An HTTP request, held in memory.
package struct HTTPRequest: Sendable {
  /// GET or POST; no other method is needed.
  package enum Method: Sendable {
    case get
    case post([UInt8])

    /// The method's name, in upper case.
    package var name: String {
      switch self {
      case .get: "GET"
      case .post: "POST"
      }
    }

    /// The body of a POST.
    package var body: [UInt8] {
      switch self {
      case .get: []
      case .post(let body): body
      }
    }
  }

  /// The method, with the body of a POST.
  package var method: Method
  /// An absolute `http` or `https` URL.
  package var url: String
  /// The headers, in addition to those that libcurl adds: Accept, User-Agent, Content-Length, and Host and Content-Type
  /// unless they are given. No value may contain a line break.
  package var headers: [HTTPHeader]
  /// Whether the server may safely receive the request twice.
  ///
  /// When a kept connection dies before the response, libcurl sends the request again by itself, even a POST. It is
  /// allowed to only for an idempotent request.
  package var isIdempotent: Bool

  /// A request.
  package init(_ method: Method, _ url: String, headers: [HTTPHeader] = [], isIdempotent: Bool) {
    self.method = method
    self.url = url
    self.headers = headers
    self.isIdempotent = isIdempotent
  }
}
