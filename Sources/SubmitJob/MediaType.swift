internal import APIGateway
internal import Platform

/// Why a body is not read: it is of another type than JSON.
struct MediaTypeError: Error, CustomStringConvertible {
  private let contentType: String

  /// Throws when a request has a body that is said to be something else than JSON.
  static func check(_ request: ProxyRequest) throws(MediaTypeError) {
    guard !request.body.isEmpty, let contentType = request.contentType, contentType != "application/json" else {
      return
    }
    let type = contentType.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }
    guard type.lowercased() == "application/json" else { throw MediaTypeError(contentType: contentType) }
  }

  var description: String { "The body is \(contentType.quoted). Send Content-Type: application/json." }
}
