internal import Foundation

extension String {
  /// The media type of a Content-Type or Accept header: the first one, without parameters, in lower case.
  var mediaType: String {
    prefix { $0 != "," && $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
  }
}

extension [String] {
  /// Whether a REST API's binary media types contain the type of a header: `*/*` is any, even when there is no header.
  func containMediaType(_ header: String?) -> Bool {
    if contains("*/*") { return true }
    guard let type = header?.mediaType else { return false }
    return contains { binary in
      let binary = binary.mediaType
      return binary.hasSuffix("/*") ? type.hasPrefix(binary.dropLast()) : type == binary
    }
  }
}
