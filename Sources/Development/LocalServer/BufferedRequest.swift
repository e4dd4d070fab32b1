package import HTTPTypes
internal import NIOHTTP1

/// A request to a local server, with its body in memory.
package struct BufferedRequest: Sendable {
  /// The method, in upper case.
  package let method: String
  /// The path and the query, as sent. The scheme and the host of a URL, which clients send to proxies, are left out.
  package let target: String
  /// The value of the Host header; nil if a client of HTTP/1.0 left it out.
  package let host: String?
  /// The other header fields, in order.
  package let headers: HTTPFields
  /// The client's address: 127.0.0.1 or ::1.
  package let clientAddress: String
  /// When its head arrived.
  package let arrival: ContinuousClock.Instant
  private let content: Result<[UInt8], BodyError>

  /// The body; empty if the request has none.
  package var body: [UInt8] {
    get throws(BodyError) { try content.get() }
  }

  /// The path, as sent.
  package var path: String { String(target.prefix { $0 != "?" }) }

  /// The value of a header; nil without one.
  package func header(_ name: String) -> String? {
    HTTPField.Name(name).flatMap { headers[$0] }
  }

  init(
    _ head: HTTPRequestHead, body: Result<[UInt8], BodyError>, clientAddress: String, arrival: ContinuousClock.Instant
  ) {
    method = head.method.rawValue
    target = head.uri.withoutOrigin
    host = head.headers.first(name: "Host")
    headers = HTTPFields(
      head.headers.compactMap { name, value in
        guard let name = HTTPField.Name(name), name != Self.hostField else { return nil }
        return HTTPField(name: name, value: value)
      })
    content = body
    self.clientAddress = clientAddress
    self.arrival = arrival
  }

  private static let hostField = HTTPField.Name("Host")
}

/// Why a request's body is not available.
package enum BodyError: Error, Equatable {
  /// It has this many bytes, more than the responder accepts.
  case tooLarge(Int)
  /// The connection ended, or broke the rules of HTTP, before the body did.
  case truncated
}

extension String {
  /// The path and query of a URL such as `http://localhost:3000/path`; any other request target as it is.
  fileprivate var withoutOrigin: String {
    guard utf8.first != UInt8(ascii: "/"), let scheme = firstRange(of: "://") else { return self }
    let rest = self[scheme.upperBound...].drop { !"/?#".contains($0) }.prefix { $0 != "#" }
    return rest.hasPrefix("/") ? String(rest) : "/\(rest)"
  }
}
