internal import Foundation
internal import HTTPTypes
internal import SAMTemplate

extension ProxyResponse {
  /// The response as the client gets it: headers renamed and added, the body decoded.
  func response(to routed: RoutedRequest, _ format: PayloadFormat) throws(ProxyFailure) -> BufferedResponse {
    var response = BufferedResponse(status: status, headers: HTTPFields(headers.compactMap { Self.sent($0, format) }))
    if !hasNoContentType, headers[.contentType] == nil {
      response.headers[.contentType] =
        format == .http1 || format == .http2 ? "text/plain; charset=utf-8" : "application/json"
    }
    // A REST API decodes for a client that accepts a binary media type, and else sends the Base64 itself.
    let isDecoded =
      isBase64Encoded
      && (format != .rest || routed.api.binaryMediaTypes.containMediaType(routed.request.header("Accept")))
    if isDecoded {
      guard let bytes = Data(base64Encoded: body) else { throw .malformedBase64 }
      response.body = Array(bytes)
    } else {
      response.body = Array(body.utf8)
    }
    return response
  }

  /// A header as it is sent to the client; nil if it isn't.
  private static func sent(_ header: HTTPField, _ format: PayloadFormat) -> HTTPField? {
    let name = header.name.canonicalName
    if header.name == .transferEncoding { return nil }
    guard format == .rest else {
      // These are the connection's own.
      return ["connection", "content-length", "keep-alive"].contains(name) ? nil : header
    }
    guard ["connection", "content-length", "date", "server", "www-authenticate"].contains(name) else { return header }
    return HTTPField.Name("x-amzn-Remapped-\(header.name.rawName)").map { HTTPField(name: $0, value: header.value) }
  }
}
