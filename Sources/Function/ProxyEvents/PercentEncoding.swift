internal import Platform

/// The percent-encoding of [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2.1).
enum PercentEncoding {
  /// The decoded text; nil if an escape is malformed or the result is not UTF-8. A `+` stays a `+`.
  static func decode(_ text: some StringProtocol) -> String? {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
    var bytes: [UInt8] = []
    var rest = text.utf8.makeIterator()
    while let byte = rest.next() {
      if byte == UInt8(ascii: "%") {
        guard let high = rest.next()?.hexadecimalValue, let low = rest.next()?.hexadecimalValue else { return nil }
        bytes.append(high << 4 | low)
      } else {
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
