internal import Foundation

extension String {
  /// The first media type of a Content-Type or Accept header, without parameters, in lower case.
  var mediaType: String {
    prefix { $0 != "," && $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
  }
}

extension Dictionary where Key == String {
  /// The entry for a Content-Type header, which is `application/json` if it's missing, or else the one for `$default`.
  ///
  /// Neither case nor parameters such as `charset` make a difference, unless two keys differ in nothing else.
  func entry(forContentType header: String?) -> (contentType: String, value: Value)? {
    let contentType = header ?? "application/json"
    if let value = self[contentType] { return (contentType, value) }
    let type = contentType.mediaType
    let key = keys.filter { $0.mediaType == type }.min() ?? "$default"
    return self[key].map { (key, $0) }
  }
}

extension [String] {
  /// Whether a REST API's binary media types contain a header's type. `*/*` matches anything, even a missing header.
  func containMediaType(_ header: String?) -> Bool {
    if contains("*/*") { return true }
    guard let type = header?.mediaType else { return false }
    return contains { binary in
      let binary = binary.mediaType
      return binary.hasSuffix("/*") ? type.hasPrefix(binary.dropLast()) : type == binary
    }
  }
}
