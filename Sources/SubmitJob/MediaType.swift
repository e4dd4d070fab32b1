internal import APIGateway

/// The media type of a body.
enum MediaType {
  /// Throws when a request has a body that is said to be something else than JSON.
  static func check(_ request: ProxyRequest) throws(MediaTypeError) {
    guard !request.body.isEmpty, let contentType = request.contentType, contentType != "application/json" else {
      return
    }
    // Parameters, such as a charset, change nothing: JSON is UTF-8.
    let value = contentType.drop { $0 == " " || $0 == "\t" }
    let type = value.prefix { $0 != ";" && $0 != " " && $0 != "\t" }
    let rest = value.dropFirst(type.count).drop { $0 == " " || $0 == "\t" }
    guard type.lowercased() == "application/json", rest.isEmpty || rest.first == ";" else {
      throw MediaTypeError(contentType: contentType)
    }
  }
}
