internal import Platform

/// The encoding of `application/x-www-form-urlencoded`, as in Java's `URLEncoder` and `URLDecoder` for UTF-8.
enum FormURL {
  /// Keeps letters, digits and `.-*_`; a space becomes `+`, and any other byte `%XX`.
  static func encode(_ text: String) -> String {
    text.percentEncoded { $0.isAlphanumeric || ".-*_ ".utf8.contains($0) }.replacing(" ", with: "+")
  }

  /// Nil if a `%` isn't followed by two hexadecimal digits. Invalid UTF-8 becomes U+FFFD.
  static func decode(_ text: String) -> String? {
    var result: [UInt8] = []
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): result.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = bytes.popFirst()?.hexadecimalValue, let low = bytes.popFirst()?.hexadecimalValue else {
          return nil
        }
        result.append(high << 4 | low)
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
