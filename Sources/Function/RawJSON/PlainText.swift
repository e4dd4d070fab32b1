/// Finds the end of text that can be copied into or out of a JSON string unchanged.
///
/// Most bytes of an event are in strings, so eight are examined at a time.
enum PlainText {
  /// The index of the first quotation mark, backslash or control character from `start` on; the count if there
  /// isn't one.
  @inline(__always)
  static func end(in text: borrowing Span<UInt8>, from start: Int) -> Int {
    var index = start
    let bytes = text.bytes
    while index + 8 <= bytes.byteCount {
      // Eight bytes are there: the loop has just counted them.
      let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      let special = special(UInt64(littleEndian: word))
      if special != 0 { return index + special.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < text.count {
      let byte = text[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      index += 1
    }
    return index
  }

  /// The index of the first byte that `end` stops at, or that is DEL or not ASCII, or the count.
  @inline(__always)
  static func endOfASCII(in text: borrowing Span<UInt8>, from start: Int) -> Int {
    var index = start
    let bytes = text.bytes
    while index + 8 <= bytes.byteCount {
      // Eight bytes are there: the loop has just counted them.
      let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      // Adding one sets a byte's high bit for DEL; outside ASCII, the bit is set already.
      if (word | word &+ ones) & (ones &* 0x80) != 0 || special(word) != 0 { break }
      index += 8
    }
    while index < text.count {
      let byte = text[index]
      if byte < 0x20 || byte >= 0x7f || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      index += 1
    }
    return index
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// A word whose lowest set bit is in the byte of the first special character; zero if there isn't one.
  ///
  /// A subtraction borrows from the next byte only if this byte is special, so the lowest set bit is always right.
  private static func special(_ word: UInt64) -> UInt64 {
    let quote = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
    let backslash = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
    let isControl = (word &- ones &* 0x20) & ~word
    let isQuote = (quote &- ones) & ~quote
    let isBackslash = (backslash &- ones) & ~backslash
    return (isControl | isQuote | isBackslash) & (ones &* 0x80)
  }
}
