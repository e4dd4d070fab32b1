extension Parser {
  /// Parses a quoted string. Between double quotes, references and directives are evaluated.
  ///
  /// A quote is escaped by doubling it, and the longest well-formed string wins. A backslash only introduces `\u0041`,
  /// and only between double quotes.
  mutating func string() throws(TemplateError) -> Expression.Kind {
    let start = index
    let quote = source[start]
    var end: Int?
    var scan = start + 1
    while scan < source.count {
      if source[scan] == quote {
        end = scan
        guard scan + 1 < source.count, source[scan + 1] == quote else { break }
        scan += 1
      }
      scan += 1
    }
    guard let end else { throw error("the string is not closed; add \(quote)", at: start) }
    index = end + 1
    var content = Array(source[start + 1..<end])
    if quote == "\"" { content = try unescaped(content, at: start) }
    let text = Self.collapsed(content, quote)
    guard quote == "\"", source[start...end].contains(where: { $0 == "$" || $0 == "#" }) else {
      return .value(.string(text))
    }
    // Velocity adds a space, so that a $ or # at the end is text, and removes it again.
    let isPadded = !text.utf8.indices.contains { text.utf8[$0...].starts(with: "##".utf8) }
    let (origin, depth) = (position(of: start + 1), depth)
    let statements = try nested { _ throws(TemplateError) in
      var parser = Parser(isPadded ? text + " " : text, at: origin, depth: depth + 1)
      return try parser.template()
    }
    return .interpolation(statements, padded: isPadded)
  }

  private func unescaped(_ text: [Unicode.Scalar], at start: Int) throws(TemplateError) -> [Unicode.Scalar] {
    var units: [UInt16] = []
    var index = 0
    while index < text.count {
      guard text[index...].starts(with: "\\u".unicodeScalars) else {
        units += Array(String(text[index]).utf16)
        index += 1
        continue
      }
      let digits = text[index...].dropFirst(2).prefix(4)
      guard digits.count == 4, digits.allSatisfy(\.properties.isASCIIHexDigit),
        let unit = UInt16(String(String.UnicodeScalarView(digits)), radix: 16)
      else {
        throw error("\\u needs four hexadecimal digits; add them, or quote the string with '", at: start + 1 + index)
      }
      units.append(unit)
      index += 6
    }
    return Array(String(decoding: units, as: UTF16.self).unicodeScalars)
  }

  private static func collapsed(_ text: [Unicode.Scalar], _ quote: Unicode.Scalar) -> String {
    var result = String.UnicodeScalarView()
    var index = 0
    while index < text.count {
      result.append(text[index])
      index += text[index] == quote && index + 1 < text.count && text[index + 1] == quote ? 2 : 1
    }
    return String(result)
  }
}
