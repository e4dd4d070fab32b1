internal import Platform

/// The encoding of `application/x-www-form-urlencoded`, as Java's `URLEncoder` and `URLDecoder` have it with UTF-8.
enum FormURL {
  /// Letters, digits and `.-*_` stand for themselves, a space becomes `+`, any other byte `%XX`.
  static func encode(_ text: String) -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: " "): result.append(UInt8(ascii: "+"))
      case _ where byte.isAlphanumeric || ".-*_".utf8.contains(byte): result.append(byte)
      default: result += percentEncoded(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Nil when a `%` has no two hexadecimal digits behind it. Bytes that are no UTF-8 become U+FFFD.
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

  /// `%XX`, in upper case.
  static func percentEncoded(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }
}
