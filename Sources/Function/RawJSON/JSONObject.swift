/// The members of a JSON object, in their original order and as their original bytes.
package struct JSONObject: Sendable {
  /// The ranges of a name, without its quotation marks, and of its value in the document.
  typealias MemberRanges = (name: Range<Int>, value: Range<Int>)

  private let document: [UInt8]
  private let ranges: [MemberRanges]
  /// Whether a name may contain an escape. Without escapes, names of different lengths always differ.
  private let mayHaveEscapedName: Bool

  /// The members of a value that is known to be an object.
  init(of value: JSONValue) {
    document = value.document
    var scanner = ContainerScanner(value)
    ranges = scanner.members()
    mayHaveEscapedName = true
  }

  /// Parses a document strictly as an object, validating it and finding its members in one pass.
  package init(parsing document: [UInt8]) throws(JSONError) {
    var validator = try JSONValidator(utf8: document)
    let range = try validator.documentRange()
    guard document[range.lowerBound] == UInt8(ascii: "{") else {
      throw JSONError(.expected(.object), at: range.lowerBound)
    }
    self.document = document
    ranges = validator.members
    mayHaveEscapedName = validator.hasEscapedName
  }

  /// A name and its value.
  package struct Member: Sendable {
    fileprivate let document: [UInt8]
    fileprivate let ranges: MemberRanges

    /// The name with its escapes resolved; throws if it contains a lone surrogate.
    package func name() throws(JSONError) -> String {
      String(decoding: try JSONString.decode(document, ranges.name), as: UTF8.self)
    }

    /// Whether this is the member's name, ignoring ASCII case, as header names are compared.
    package func isNamed(inAnyCase name: StaticString) -> Bool {
      let written = document[ranges.name]
      if written.count == name.utf8CodeUnitCount { return written.equals(inAnyCase: name) }
      // An escaped name is longer than its decoded form.
      return written.count > name.utf8CodeUnitCount && written.contains(UInt8(ascii: "\\"))
        && (try? JSONString.decode(document, ranges.name))?[...].equals(inAnyCase: name) == true
    }

    /// The value.
    package var value: JSONValue { JSONValue(document: document, range: ranges.value) }
  }

  /// The members; a name that occurs twice is listed twice.
  package var members: some RandomAccessCollection<Member> {
    ranges.lazy.map { Member(document: document, ranges: $0) }
  }

  /// The value of the last member with this name, which is the one most parsers use; nil if it is null.
  package subscript(name: String) -> JSONValue? {
    guard let ranges = ranges.last(where: { isNamed(name, $0.name) }) else { return nil }
    let value = JSONValue(document: document, range: ranges.value)
    return value.kind == .null ? nil : value
  }

  /// Whether a range contains this name, with or without escapes.
  private func isNamed(_ name: String, _ range: Range<Int>) -> Bool {
    if range.count == name.utf8.count {
      let wanted = name.utf8.span
      for index in wanted.indices where wanted[index] != document[range.lowerBound + index] { return false }
      return true
    }
    // An escaped name is longer than its decoded form.
    return mayHaveEscapedName && range.count > name.utf8.count
      && PlainText.end(in: document.span, from: range.lowerBound) < range.upperBound
      && (try? JSONString.decode(document, range)) == Array(name.utf8)
  }

  /// The bytes between the braces, without the white space next to them; empty when there are no members.
  package var bytesBetweenBraces: ArraySlice<UInt8> {
    guard let first = ranges.first, let last = ranges.last else { return [] }
    return document[first.name.lowerBound - 1..<last.value.upperBound]
  }
}

extension JSONValue {
  /// The elements of an array; throws if the value is not an array.
  package func array() throws(JSONError) -> [JSONValue] {
    guard kind == .array else { throw JSONError(.expected(.array), at: range.lowerBound) }
    var scanner = ContainerScanner(self)
    return scanner.elements()
  }
}

/// Splits an object or an array into its parts. The document is already validated, so only strings and brackets matter.
private struct ContainerScanner {
  private let document: [UInt8]
  private var index: Int

  init(_ value: JSONValue) {
    document = value.document
    index = value.range.lowerBound + 1
  }

  mutating func members() -> [JSONObject.MemberRanges] {
    var members: [JSONObject.MemberRanges] = []
    members.reserveCapacity(16)
    while true {
      skip { $0.isJSONWhiteSpace || $0 == UInt8(ascii: ",") }
      if document[index] == UInt8(ascii: "}") { return members }
      let name = string()
      skip { $0.isJSONWhiteSpace || $0 == UInt8(ascii: ":") }
      let start = index
      skipValue()
      members.append((name, start..<index))
    }
  }

  mutating func elements() -> [JSONValue] {
    var elements: [JSONValue] = []
    while true {
      skip { $0.isJSONWhiteSpace || $0 == UInt8(ascii: ",") }
      if document[index] == UInt8(ascii: "]") { return elements }
      let start = index
      skipValue()
      elements.append(JSONValue(document: document, range: start..<index))
    }
  }

  /// Moves past a string and returns the range between its quotation marks.
  private mutating func string() -> Range<Int> {
    index += 1
    let start = index
    while true {
      index = PlainText.end(in: document.span, from: index)
      if document[index] == UInt8(ascii: "\"") { break }
      index += 2
    }
    index += 1
    return start..<index - 1
  }

  private mutating func skipValue() {
    var depth = 0
    repeat {
      switch document[index] {
      case UInt8(ascii: "\""): _ = string()
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        index += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        index += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"): index += 1
      case let byte where byte.isJSONWhiteSpace: index += 1
      default: skip { !$0.endsScalar }
      }
    } while depth > 0
  }

  private mutating func skip(while condition: (UInt8) -> Bool) {
    while index < document.count && condition(document[index]) { index += 1 }
  }
}

extension UInt8 {
  /// Whether a number or literal ends before this byte.
  fileprivate var endsScalar: Bool {
    isJSONWhiteSpace || self == UInt8(ascii: ",") || self == UInt8(ascii: "}") || self == UInt8(ascii: "]")
  }
}

extension ArraySlice<UInt8> {
  /// Whether these bytes equal a text, ignoring ASCII case.
  fileprivate func equals(inAnyCase text: StaticString) -> Bool {
    count == text.utf8CodeUnitCount
      && indices.allSatisfy { index in
        let (one, other) = (self[index], text.utf8Start[index - startIndex])
        // The two cases of a letter differ in one bit.
        return one == other || one ^ other == 0x20 && UInt8(ascii: "a")...UInt8(ascii: "z") ~= one | 0x20
      }
  }
}
