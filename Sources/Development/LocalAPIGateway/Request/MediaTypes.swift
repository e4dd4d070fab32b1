internal import Foundation

extension String {
  /// The first media type of a Content-Type or Accept header, without parameters, in lower case.
  var mediaType: String {
    prefix { $0 != "," && $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
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
