/// Escapes text for a log, so that a caller can't forge a line or a field, or reverse the order in which it is shown.
///
/// Besides what a JSON string escapes: DEL, the control characters U+0080 to U+009F, the separators U+2028 and U+2029,
/// which some readers treat as line breaks, and bidirectional controls.
package enum VisibleText {
  /// Appends an escaped text, without quotation marks.
  package static func append(_ text: String, to bytes: inout [UInt8]) {
    append(text.utf8.span, to: &bytes)
  }

  /// Whether a text is ASCII and contains nothing to escape.
  package static func isPlain(_ text: String) -> Bool {
    let span = text.utf8.span
    return PlainText.endOfASCII(in: span, from: 0) == span.count
  }

  static func append(_ text: borrowing Span<UInt8>, to bytes: inout [UInt8]) {
    var index = 0
    while true {
      let end = PlainText.endOfASCII(in: text, from: index)
      text.extracting(index..<end).withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
      if end == text.count { return }
      if text[end] < 0x80 {
        JSONString.appendEscape(of: text[end], to: &bytes)
        index = end + 1
      } else if let (codeUnit, length) = invisible(in: text, at: end) {
        JSONString.appendEscape(codeUnit: codeUnit, to: &bytes)
        index = end + length
      } else {
        bytes.append(text[end])
        index = end + 1
      }
    }
  }

  /// The non-ASCII character at an index and its length in bytes; nil if it needs no escape. A String's UTF-8 is valid.
  private static func invisible(in text: borrowing Span<UInt8>, at index: Int) -> (codeUnit: UInt16, length: Int)? {
    let isLong = text[index] & 0xf0 == 0xe0
    let length = isLong ? 3 : 2
    guard isLong || text[index] & 0xe0 == 0xc0, index + length <= text.count else { return nil }
    var codeUnit = UInt16(text[index] & (isLong ? 0x0f : 0x1f))
    for offset in 1..<length { codeUnit = codeUnit << 6 | UInt16(text[index + offset] & 0x3f) }
    switch codeUnit {
    case 0x80...0x9f, 0x061c, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069: return (codeUnit, length)
    default: return nil
    }
  }
}
