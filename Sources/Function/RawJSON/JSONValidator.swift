internal import Platform

/// Validates a document against RFC 8259 in one pass, without recursion, so that nesting uses no stack.
struct JSONValidator {
  private let document: [UInt8]
  private var index = 0
  /// The closing bracket of every container that is open.
  private var open: [UInt8] = []

  /// The members of the outermost object, as ranges of the document; names exclude their quotation marks.
  private(set) var members: [(name: Range<Int>, value: Range<Int>)] = []
  /// Whether the name of one of these members contains an escape.
  private(set) var hasEscapedName = false
  private var name = 0..<0
  private var valueStart = 0

  init(_ document: [UInt8]) {
    self.document = document
  }

  /// A validator for a document; throws if the document is not UTF-8.
  init(utf8 document: [UInt8]) throws(JSONError) {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: document.span)
    } catch {
      throw JSONError(.notUTF8, at: error.byteOffsets.lowerBound)
    }
    self.init(document)
    members.reserveCapacity(16)
  }

  /// The range of the document's one value.
  mutating func documentRange() throws(JSONError) -> Range<Int> {
    skipWhiteSpace()
    let start = index
    try value()
    let end = index
    skipWhiteSpace()
    guard index == document.count else { throw JSONError(.trailingValue, at: index) }
    return start..<end
  }

  /// Moves past one value, including everything nested in it.
  private mutating func value() throws(JSONError) {
    while true {
      switch try current() {
      case UInt8(ascii: "{"):
        try push(UInt8(ascii: "}"))
        if try current() != UInt8(ascii: "}") {
          try memberName()
          continue
        }
        pop()
      case UInt8(ascii: "["):
        try push(UInt8(ascii: "]"))
        if try current() != UInt8(ascii: "]") { continue }
        pop()
      case UInt8(ascii: "\""): try string()
      case UInt8(ascii: "t"): try literal("true")
      case UInt8(ascii: "f"): try literal("false")
      case UInt8(ascii: "n"): try literal("null")
      default: try number()
      }
      if try endOfValue() { return }
    }
  }

  /// Moves past what follows a value: closing brackets, then a comma (false) or the end of the outermost value (true).
  private mutating func endOfValue() throws(JSONError) -> Bool {
    while let close = open.last {
      if open.count == 1 && close == UInt8(ascii: "}") { members.append((name, valueStart..<index)) }
      skipWhiteSpace()
      let byte = try current()
      if byte == close {
        pop()
        continue
      }
      guard byte == UInt8(ascii: ",") else { throw JSONError(.unexpectedByte, at: index) }
      index += 1
      skipWhiteSpace()
      if close == UInt8(ascii: "}") { try memberName() }
      return false
    }
    return true
  }

  private mutating func memberName() throws(JSONError) {
    guard try current() == UInt8(ascii: "\"") else { throw JSONError(.unexpectedByte, at: index) }
    let start = index + 1
    let isEscaped = try string()
    let end = index - 1
    skipWhiteSpace()
    guard try current() == UInt8(ascii: ":") else { throw JSONError(.unexpectedByte, at: index) }
    index += 1
    skipWhiteSpace()
    if open.count == 1 {
      (name, valueStart) = (start..<end, index)
      hasEscapedName = hasEscapedName || isEscaped
    }
  }

  private mutating func push(_ close: UInt8) throws(JSONError) {
    guard open.count < JSONValue.maximumDepth else { throw JSONError(.tooDeep, at: index) }
    open.append(close)
    index += 1
    skipWhiteSpace()
  }

  private mutating func pop() {
    open.removeLast()
    index += 1
  }

  /// Moves past a string and returns whether it contains an escape.
  @discardableResult
  private mutating func string() throws(JSONError) -> Bool {
    index += 1
    var isEscaped = false
    while true {
      index = PlainText.end(in: document.span, from: index)
      let byte = try current()
      index += 1
      if byte == UInt8(ascii: "\"") { return isEscaped }
      guard byte == UInt8(ascii: "\\") else { throw JSONError(.controlCharacter, at: index - 1) }
      isEscaped = true
      try escape()
    }
  }

  private mutating func escape() throws(JSONError) {
    let start = index - 1
    let byte = try current()
    index += 1
    if byte == UInt8(ascii: "u") {
      for _ in 0..<4 {
        guard try current().hexadecimalValue != nil else { throw JSONError(.badEscape, at: start) }
        index += 1
      }
    } else if JSONString.unescaped(byte) == nil {
      throw JSONError(.badEscape, at: start)
    }
  }

  private mutating func literal(_ text: StaticString) throws(JSONError) {
    for offset in 0..<text.utf8CodeUnitCount {
      guard try current() == text.utf8Start[offset] else { throw JSONError(.unexpectedByte, at: index) }
      index += 1
    }
  }

  private mutating func number() throws(JSONError) {
    let start = index
    if try current() == UInt8(ascii: "-") { index += 1 }
    let integer = index
    let digits = skipDigits()
    guard digits > 0 else {
      throw JSONError(integer == start ? .unexpectedByte : .badNumber, at: start)
    }
    if digits > 1 && document[integer] == UInt8(ascii: "0") { throw JSONError(.badNumber, at: start) }
    if peek() == UInt8(ascii: ".") {
      index += 1
      guard skipDigits() > 0 else { throw JSONError(.badNumber, at: start) }
    }
    if let byte = peek(), byte | 0x20 == UInt8(ascii: "e") {
      index += 1
      if let sign = peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { index += 1 }
      guard skipDigits() > 0 else { throw JSONError(.badNumber, at: start) }
    }
  }

  private mutating func skipDigits() -> Int {
    let start = index
    while let byte = peek(), UInt8(ascii: "0") <= byte, byte <= UInt8(ascii: "9") { index += 1 }
    return index - start
  }

  private mutating func skipWhiteSpace() {
    while let byte = peek(), byte.isJSONWhiteSpace { index += 1 }
  }

  private func peek() -> UInt8? {
    index < document.count ? document[index] : nil
  }

  private func current() throws(JSONError) -> UInt8 {
    guard index < document.count else { throw JSONError(.unexpectedEnd, at: index) }
    return document[index]
  }
}

extension UInt8 {
  /// Space, tab, line feed or carriage return.
  var isJSONWhiteSpace: Bool {
    self == 0x20 || self == 0x0a || self == 0x0d || self == 0x09
  }
}
