internal import Platform
internal import ProxyEvents

/// Checks the media type of a body.
enum MediaType {
  /// Throws if a request has a body whose Content-Type is not JSON.
  static func check(_ request: ProxyRequest) throws(MediaTypeError) {
    guard !request.body.isEmpty, let contentType = request.contentType, contentType != "application/json" else {
      return
    }
    // Parameters, such as a charset, are ignored: JSON is UTF-8.
    let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    let value = contentType.utf8.drop(while: isSpace)
    let type = value.prefix { $0 != UInt8(ascii: ";") && !isSpace($0) }
    let rest = value[type.endIndex...].drop(while: isSpace)
    let isJSON = String(Substring(type)).equalsIgnoringASCIICase("application/json")
    guard isJSON, rest.isEmpty || rest.first == UInt8(ascii: ";") else {
      throw MediaTypeError(contentType: contentType)
    }
  }
}

/// The error for a body whose Content-Type is not JSON.
struct MediaTypeError: Error, CustomStringConvertible {
  let contentType: String

  var description: String { "The body's Content-Type is \(contentType.quoted). Send Content-Type: application/json." }
}
