extension Parser {
  /// The character at a distance from the next one.
  func peek(_ distance: Int = 0) -> Unicode.Scalar? {
    source.indices.contains(index + distance) ? source[index + distance] : nil
  }

  /// Whether a text comes next.
  func follows(_ text: String, at distance: Int = 0) -> Bool {
    source[min(index + distance, source.count)...].starts(with: text.unicodeScalars)
  }

  /// Reads a text, if it comes next.
  mutating func take(_ text: String) -> Bool {
    guard follows(text) else { return false }
    index += text.unicodeScalars.count
    return true
  }

  /// Reads characters while they satisfy a predicate.
  @discardableResult
  mutating func text(while belongs: (Unicode.Scalar) -> Bool) -> String {
    let start = index
    while let scalar = peek(), belongs(scalar) { index += 1 }
    return slice(start..<index)
  }

  /// Reads white space, including line breaks.
  mutating func skipSpace() {
    text { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
  }

  /// Reads the rest of the line if it is blank: a directive swallows it with the line break.
  mutating func skipLineEnd() {
    let start = index
    text { $0 == " " || $0 == "\t" }
    if !take("\r\n"), !take("\n"), !take("\r") { index = start }
  }

  /// A part of the source.
  func slice(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: source[range])
    return String(text)
  }

  /// What comes next, for an error message.
  var found: String {
    guard let scalar = peek() else { return "the template ends" }
    return "found \"\(scalar == "\n" ? "\\n" : String(scalar))\""
  }

  /// The line and column of a character.
  func position(of offset: Int) -> TemplatePosition {
    let offset = min(offset, source.count)
    var (low, high) = (0, lineEnds.count)
    while low < high {
      let middle = (low + high) / 2
      if lineEnds[middle] < offset { low = middle + 1 } else { high = middle }
    }
    if low == 0 { return TemplatePosition(line: origin.line, column: origin.column + offset) }
    return TemplatePosition(line: origin.line + low, column: offset - lineEnds[low - 1])
  }

  /// The error at a character, or at the next one.
  func error(_ reason: String, at offset: Int? = nil) -> TemplateError {
    TemplateError(position: position(of: offset ?? index), reason: reason)
  }
}

extension Unicode.Scalar {
  var isLetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
  var isNumeral: Bool { ("0"..."9").contains(self) }
}
