/// ASCII classification of bytes. Unlike Character's, only ASCII letters and digits count.
///
/// `@inlinable`, because these run for every byte, and the optimizer doesn't inline across modules without it.
extension UInt8 {
  /// Whether this is a decimal digit.
  @inlinable package var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

  /// Whether this is a letter or a digit.
  @inlinable package var isAlphanumeric: Bool {
    isDigit || UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20
  }

  /// Whether [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2.3) allows the character anywhere in a URI
  /// unescaped: a letter, a digit, `-`, `.`, `_` or `~`.
  @inlinable package var isUnreserved: Bool {
    switch self {
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
    default: isAlphanumeric
    }
  }

  /// The lower-case form of an ASCII letter; any other byte unchanged.
  @inlinable package var asciiLowercased: UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self
  }

  /// The value of a hexadecimal digit in either case; nil for any other byte.
  @inlinable package var hexadecimalValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// The lower-case hexadecimal digit of a value below 16.
  @inlinable package init(hexadecimalDigit value: UInt8) {
    let digits: StaticString = "0123456789abcdef"
    self = digits.utf8Start[Int(value & 0x0f)]
  }
}

extension String {
  /// Whether the texts have the same bytes once ASCII letters are in lower case. String's own `==` and `lowercased()`
  /// treat some characters with different bytes as equal, such as the Kelvin sign and K.
  @inlinable package func equalsIgnoringASCIICase(_ other: String) -> Bool {
    utf8.count == other.utf8.count && zip(utf8, other.utf8).allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
  }
}
