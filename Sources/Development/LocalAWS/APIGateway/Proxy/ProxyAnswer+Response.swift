internal import Foundation

extension ProxyAnswer {
  /// The response as the client gets it: headers renamed and added, the body decoded.
  func response(to routed: RoutedRequest, _ form: ProxyForm) throws(ProxyFailure) -> ClientResponse {
    var response = ClientResponse(status: status, headers: headers.compactMap { Self.sent($0, form) })
    if !hasNoContentType, !headers.contains(where: { $0.name.lowercased() == "content-type" }) {
      let type = form == .http1 || form == .http2 ? "text/plain; charset=utf-8" : "application/json"
      response.headers.append(ClientResponse.Header(name: "Content-Type", value: type))
    }
    // A REST API decodes for a client that accepts a binary media type, and else sends the Base64 itself.
    let isDecoded =
      isBase64Encoded
      && (form != .rest || routed.api.binaryMediaTypes.containMediaType(routed.request.header("Accept")))
    if isDecoded {
      guard let bytes = Data(base64Encoded: body) else { throw .malformedBase64 }
      response.body = Array(bytes)
    } else {
      response.body = Array(body.utf8)
    }
    return response
  }

  /// A header as it goes out; nil when it doesn't.
  private static func sent(_ header: ClientResponse.Header, _ form: ProxyForm) -> ClientResponse.Header? {
    let name = header.name.lowercased()
    if name == "transfer-encoding" { return nil }
    guard form == .rest else {
      // These are the connection's own.
      return ["connection", "content-length", "keep-alive"].contains(name) ? nil : header
    }
    guard ["connection", "content-length", "date", "server", "www-authenticate"].contains(name) else { return header }
    return ClientResponse.Header(name: "x-amzn-Remapped-\(header.name)", value: header.value)
  }
}
