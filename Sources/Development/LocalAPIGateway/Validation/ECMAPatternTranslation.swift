/// Translates a pattern of ECMA 262 for ICU.
struct ECMAPatternTranslation {
  private var rest: Substring.UnicodeScalarView
  private var result = ""
  /// Whether the preceding term can be repeated.
  private var isRepeatable = false

  init(_ pattern: String) {
    rest = pattern.unicodeScalars[...]
  }

  /// The pattern for ICU.
  mutating func translate() throws(ECMAPatternError) -> String {
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\\": try appendEscape()
      case "[": append(try characterClass())
      case "(": try openGroup()
      case ")", "|": append(String(scalar), isRepeatable: scalar == ")")
      case "^": append("\\A", isRepeatable: false)
      case "$": append("\\z", isRepeatable: false)
      case ".": append("[^\\n\\r\\u2028\\u2029]")
      case "*", "+", "?": try appendRepetition(String(scalar))
      case "{":
        // A brace that doesn't start a repetition is literal.
        if let bounds = repetition() { try appendRepetition(bounds) } else { append(Self.literal(scalar)) }
      default: append(Self.literal(scalar))
      }
    }
    return result
  }

  private mutating func append(_ text: String, isRepeatable: Bool = true) {
    result += text
    self.isRepeatable = isRepeatable
  }

  private mutating func appendRepetition(_ text: String) throws(ECMAPatternError) {
    guard isRepeatable else { throw ECMAPatternError("has nothing to repeat before \(text); write \\ before it") }
    let isLazy = rest.first == "?"
    if isLazy { rest.removeFirst() }
    append(text + (isLazy ? "?" : ""), isRepeatable: false)
  }

  /// The rest of `{n}`, `{n,}` or `{n,m}`; nil, without reading anything, if it is something else.
  private mutating func repetition() -> String? {
    guard let end = rest.firstIndex(of: "}") else { return nil }
    let parts = rest[..<end].split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
    let isNumeric = parts.allSatisfy { $0.allSatisfy { ("0"..."9").contains($0) } }
    guard isNumeric, parts.first?.isEmpty == false else { return nil }
    let bounds = "{\(String(rest[..<end]))}"
    rest = rest[rest.index(after: end)...]
    return bounds
  }

  private mutating func openGroup() throws(ECMAPatternError) {
    var opening = "("
    if rest.first == "?" {
      let known = ["?:", "?=", "?!", "?<=", "?<!"].first { rest.starts(with: $0.unicodeScalars) }
      guard let known else {
        throw ECMAPatternError("uses a group that ECMA 262 doesn't define; write (?:, (?=, (?! or (")
      }
      rest.removeFirst(known.count)
      opening += known
    }
    append(opening, isRepeatable: false)
  }

  private mutating func appendEscape() throws(ECMAPatternError) {
    let word = Self.word
    switch rest.first {
    case "b": append("(?:(?<=[\(word)])(?![\(word)])|(?<![\(word)])(?=[\(word)]))", isRepeatable: false)
    case "B": append("(?:(?<=[\(word)])(?=[\(word)])|(?<![\(word)])(?![\(word)]))", isRepeatable: false)
    case let digit? where ("1"..."9").contains(digit):
      // Grouped, so that a following digit isn't part of the number.
      let number = rest.prefix { ("0"..."9").contains($0) }
      append("(?:\\\(String(number)))")
      rest = rest[number.endIndex...]
      return
    default:
      switch try classMember() {
      case .set(let set): append("[\(set)]")
      case .character(let scalar): append(Self.literal(scalar))
      }
      return
    }
    rest.removeFirst()
  }

  private enum ClassMember {
    case character(Unicode.Scalar)
    /// A set, as written in ICU's brackets.
    case set(String)
  }

  /// The rest of a class in brackets.
  private mutating func characterClass() throws(ECMAPatternError) -> String {
    let isNegated = rest.first == "^"
    if isNegated { rest.removeFirst() }
    var members = ""
    while true {
      guard let scalar = rest.popFirst() else { throw ECMAPatternError("has a [ without ]; write ]") }
      if scalar == "]" { break }
      var first = ClassMember.character(scalar)
      if scalar == "\\" { first = try classMember(inClass: true) }
      var ahead = rest
      guard case .character(let lower) = first, ahead.popFirst() == "-", let next = ahead.popFirst(), next != "]" else {
        members += Self.text(of: first)
        continue
      }
      rest = ahead
      let last = next == "\\" ? try classMember(inClass: true) : .character(next)
      if case .character(let upper) = last {
        guard lower <= upper else { throw ECMAPatternError("has a range in reverse order; swap its ends") }
        members += "\(Self.literal(lower))-\(Self.literal(upper))"
      } else {
        // A hyphen before a set such as \d is literal.
        members += Self.literal(lower) + Self.literal("-") + Self.text(of: last)
      }
    }
    if members.isEmpty { return isNegated ? "[\\u0000-\\U0010ffff]" : "(?!)" }
    return "[\(isNegated ? "^" : "")\(members)]"
  }

  /// The meaning of an escape whose backslash has been read.
  private mutating func classMember(inClass: Bool = false) throws(ECMAPatternError) -> ClassMember {
    guard let scalar = rest.popFirst() else { throw ECMAPatternError("ends with a backslash; write \\\\") }
    if let set = Self.sets[scalar] { return .set(set) }
    if let control = Self.controls[scalar] { return .character(control) }
    switch scalar {
    case "b" where inClass: return .character("\u{8}")
    case "c":
      guard let letter = rest.popFirst(), letter.isASCII, letter.properties.isAlphabetic else {
        throw ECMAPatternError("has a \\c without a letter; write the letter")
      }
      return .character(Unicode.Scalar(UInt8(letter.value % 32)))
    case "x": return .character(try hexadecimal(digits: 2))
    case "u": return .character(try hexadecimal(digits: 4))
    case "0" where rest.first.map { !("0"..."9").contains($0) } ?? true: return .character("\0")
    case "0"..."9", "A"..."Z", "a"..."z":
      throw ECMAPatternError("uses \\\(scalar), which ECMA 262 doesn't define; write what it means")
    default: return .character(scalar)
    }
  }

  /// The character of `\x` or `\u`, or of a surrogate pair of `\u`s.
  private mutating func hexadecimal(digits: Int) throws(ECMAPatternError) -> Unicode.Scalar {
    let first = try codeUnit(digits: digits)
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard rest.popFirst() == "\\", rest.popFirst() == "u" else { throw .surrogate }
    let units = [UInt16(first), UInt16(try codeUnit(digits: 4))]
    guard UTF16.isLeadSurrogate(units[0]), UTF16.isTrailSurrogate(units[1]) else { throw .surrogate }
    guard let scalar = String(decoding: units, as: UTF16.self).unicodeScalars.first else { throw .surrogate }
    return scalar
  }

  private mutating func codeUnit(digits: Int) throws(ECMAPatternError) -> UInt32 {
    let text = rest.prefix(digits)
    guard text.count == digits, text.allSatisfy(\.properties.isASCIIHexDigit),
      let unit = UInt32(String(text), radix: 16)
    else { throw ECMAPatternError("needs \(digits) hexadecimal digits after \\\(digits == 2 ? "x" : "u"); write them") }
    rest = rest[text.endIndex...]
    return unit
  }

  private static func text(of member: ClassMember) -> String {
    switch member {
    case .character(let scalar): literal(scalar)
    case .set(let set): set
    }
  }

  /// The character in ICU's syntax, inside brackets or outside.
  private static func literal(_ scalar: Unicode.Scalar) -> String {
    if scalar.isASCII, scalar.properties.isAlphabetic || scalar.properties.numericType != nil { return String(scalar) }
    return "\\x{\(String(scalar.value, radix: 16))}"
  }

  private static let controls: [Unicode.Scalar: Unicode.Scalar] = [
    "t": "\t", "n": "\n", "v": "\u{b}", "f": "\u{c}", "r": "\r",
  ]

  private static let word = "A-Za-z0-9_"
  private static let spaces =
    "\\u0009-\\u000d\\u0020\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff"
  private static let sets: [Unicode.Scalar: String] = [
    "d": "0-9", "D": "[^0-9]", "w": word, "W": "[^\(word)]", "s": spaces, "S": "[^\(spaces)]",
  ]
}

extension ECMAPatternError {
  fileprivate static let surrogate = ECMAPatternError("has half of a surrogate pair; write both halves")
}
