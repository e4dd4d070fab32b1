internal import Platform

/// The escapes of JSON strings.
enum JSONString {
  /// The text between a string's quotation marks, with its escapes resolved. The range must be valid JSON.
  static func decode(_ document: [UInt8], _ range: Range<Int>) throws(JSONError) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(range.count)
    var index = range.lowerBound
    while true {
      // The string is valid: only its own escapes and its closing quotation mark stop the search.
      let end = PlainText.end(in: document.span, from: index)
      text += document[index..<end]
      if end == range.upperBound { return text }
      if let character = unescaped(document[end + 1]) {
        text.append(character)
        index = end + 2
      } else {
        let (scalar, length) = try scalar(document, end, end: range.upperBound)
        text.append(contentsOf: String(scalar).utf8)
        index = end + length
      }
    }
  }

  /// Appends the escape of a quotation mark, a backslash or a control character.
  static func appendEscape(of byte: UInt8, to bytes: inout [UInt8]) {
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(byte)
    } else {
      appendEscape(codeUnit: UInt16(byte), to: &bytes)
    }
  }

  /// Appends `\uXXXX`.
  static func appendEscape(codeUnit: UInt16, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\\"))
    bytes.append(UInt8(ascii: "u"))
    for shift in [12, 8, 4, 0] { bytes.append(UInt8(hexadecimalDigit: UInt8(codeUnit >> UInt16(shift) & 0xf))) }
  }

  /// The character that a one-letter escape stands for; nil for any other letter, including `u`.
  static func unescaped(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0c
    case UInt8(ascii: "n"): 0x0a
    case UInt8(ascii: "r"): 0x0d
    case UInt8(ascii: "t"): 0x09
    default: nil
    }
  }

  /// The character that a `\u` escape, or two that form a surrogate pair, stand for, and the length of its spelling.
  private static func scalar(
    _ document: [UInt8], _ start: Int, end: Int
  ) throws(JSONError) -> (scalar: Unicode.Scalar, length: Int) {
    let first = codeUnit(document, start)
    if let scalar = Unicode.Scalar(first) { return (scalar, 6) }
    guard first < 0xdc00, start + 12 <= end,
      document[start + 6] == UInt8(ascii: "\\"), document[start + 7] == UInt8(ascii: "u")
    else { throw JSONError(.loneSurrogate, at: start) }
    let second = codeUnit(document, start + 6)
    guard (0xdc00...0xdfff).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
    else { throw JSONError(.loneSurrogate, at: start) }
    return (scalar, 12)
  }

  private static func codeUnit(_ document: [UInt8], _ start: Int) -> UInt32 {
    document[start + 2..<start + 6].reduce(0) { $0 << 4 | UInt32($1.hexadecimalValue ?? 0) }
  }
}
