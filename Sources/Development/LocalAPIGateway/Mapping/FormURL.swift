internal import Platform

/// The encoding of `application/x-www-form-urlencoded`, as in Java's `URLEncoder` and `URLDecoder` for UTF-8.
enum FormURL {
  /// Keeps letters, digits and `.-*_`; a space becomes `+`, and any other byte `%XX`.
  static func encode(_ text: String) -> String {
    text.percentEncoded { $0.isAlphanumeric || ".-*_ ".utf8.contains($0) }.replacing(" ", with: "+")
  }

  /// Nil if a `%` isn't followed by two hexadecimal digits. Invalid UTF-8 becomes U+FFFD.
  static func decode(_ text: String) -> String? {
    text.replacing("+", with: " ").percentDecodedBytes().map { String(decoding: $0, as: UTF8.self) }
  }
}
