/// The percent-encoding of [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2.1).
extension String {
  /// The text with every byte that isn't plain written as `%XX`. The default suits one segment of a path, and a name or
  /// a value in a query.
  package func percentEncoded(except isPlain: (UInt8) -> Bool = { $0.isUnreserved }) -> String {
    var text = self
    // Most texts need no escape, and a buffer is searched faster than a String.
    if text.withUTF8({ $0.allSatisfy(isPlain) }) { return self }
    return utf8.reduce(into: "") { text, byte in
      if isPlain(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
  }

  /// The text with its escapes resolved; nil if an escape is malformed or the result is not UTF-8. A `+` stays a `+`.
  package func percentDecoded() -> String? {
    guard utf8.contains(UInt8(ascii: "%")) else { return self }
    return percentDecodedBytes().flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// The bytes of the text with its escapes resolved; nil if an escape is malformed.
  package func percentDecodedBytes() -> [UInt8]? {
    var bytes: [UInt8] = []
    var rest = utf8.makeIterator()
    while let byte = rest.next() {
      if byte == UInt8(ascii: "%") {
        guard let high = rest.next()?.hexadecimalValue, let low = rest.next()?.hexadecimalValue else { return nil }
        bytes.append(high << 4 | low)
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }
}
