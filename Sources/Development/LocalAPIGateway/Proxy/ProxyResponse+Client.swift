internal import Foundation
internal import HTTPTypes
internal import LocalServer
internal import SAMTemplate

extension ProxyResponse {
  /// The response to the client, with headers renamed and added, and the body decoded.
  func response(to routed: RoutedRequest, _ format: PayloadFormat) throws(ProxyFailure) -> BufferedResponse {
    var response = BufferedResponse(status: status, headers: HTTPFields(headers.compactMap { Self.sent($0, format) }))
    if !hasNoContentType, headers[.contentType] == nil {
      response.headers[.contentType] =
        format == .httpV1 || format == .httpV2 ? "text/plain; charset=utf-8" : "application/json"
    }
    // A REST API decodes the body only if the client accepts a binary media type, or else sends the Base64 itself.
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

  /// A header as sent to the client; nil if it isn't sent.
  private static func sent(_ header: HTTPField, _ format: PayloadFormat) -> HTTPField? {
    let name = header.name.canonicalName
    if header.name == .transferEncoding { return nil }
    guard format == .rest else {
      // These belong to the connection.
      return ["connection", "content-length", "keep-alive"].contains(name) ? nil : header
    }
    guard ["connection", "content-length", "date", "server", "www-authenticate"].contains(name) else { return header }
    return HTTPField.Name("x-amzn-Remapped-\(header.name.rawName)").map { HTTPField(name: $0, value: header.value) }
  }
}
