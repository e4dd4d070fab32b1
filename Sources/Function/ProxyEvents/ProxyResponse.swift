package import Platform
internal import RawJSON

/// An HTTP response that can be written in each payload format.
package struct ProxyResponse: Sendable {
  /// The status code.
  package var status: Int
  /// The headers. Each name must occur only once.
  package var headers: [HTTPHeader]
  /// The body, UTF-8 text.
  package var body: [UInt8]

  /// A response.
  package init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The payload that represents the response for a sender.
  ///
  /// A REST API responds with 502 to any unknown member, so each format has only its own members.
  package func payload(for format: PayloadFormat) -> [UInt8] {
    var writer = JSONWriter(capacity: body.count * 2 + 512)
    writer.member("statusCode", status)
    switch format {
    case .loadBalancer(let multiValueHeaders):
      writer.member("statusDescription", "\(status) \(Self.reasonPhrase(status))")
      if multiValueHeaders {
        writer.member("multiValueHeaders", headers, asArrays: true)
      } else {
        writer.member("headers", headers)
      }
    case .rest, .httpV1, .httpV2, .functionURL:
      writer.member("headers", headers)
    }
    writer.member("body", utf8: body)
    writer.member("isBase64Encoded", false)
    return writer.bytes
  }

  /// The reason phrase of a status in [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-15).
  static func reasonPhrase(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 202: "Accepted"
    case 204: "No Content"
    case 304: "Not Modified"
    case 400: "Bad Request"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 409: "Conflict"
    case 413: "Content Too Large"
    case 415: "Unsupported Media Type"
    case 422: "Unprocessable Content"
    case 429: "Too Many Requests"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    default: status < 400 ? "OK" : "Error"
    }
  }
}
