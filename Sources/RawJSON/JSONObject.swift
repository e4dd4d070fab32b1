/// The members of a JSON object, in the order they were written, as the bytes they were written in.
public struct JSONObject: Sendable {
  private let value: JSONValue
  /// The members; a name that was written twice stands here twice.
  public let members: [Member]

  /// The members of a value that is known to be an object.
  init(of value: JSONValue) {
    self.value = value
    var scanner = ContainerScanner(value)
    self.members = scanner.members()
  }

  /// Reads a document that is an object, strictly: checked and cut into its members at once.
  public init(parsing document: [UInt8]) throws(JSONError) {
    var validator = try JSONValidator(utf8: document)
    let range = try validator.documentRange()
    value = JSONValue(document: document, range: range)
    guard value.kind == .object else { throw JSONError(.expected(.object), at: range.lowerBound) }
    members = validator.members.map { Member(document: document, nameRange: $0.name, valueRange: $0.value) }
  }

  /// A name and its value.
  public struct Member: Sendable {
    fileprivate let document: [UInt8]
    fileprivate let nameRange: Range<Int>
    fileprivate let valueRange: Range<Int>

    /// The name with its escapes resolved; an error when it holds a lone surrogate.
    public func name() throws(JSONError) -> String {
      String(decoding: try JSONString.decode(document, nameRange), as: UTF8.self)
    }

    /// The value.
    public var value: JSONValue { JSONValue(document: document, range: valueRange) }

    private var hasEscapes: Bool {
      PlainText.end(in: document.span, from: nameRange.lowerBound) < nameRange.upperBound
    }

    /// Whether this is the member's name, escapes resolved.
    func isNamed(_ name: String) -> Bool {
      if nameRange.count == name.utf8.count {
        let wanted = name.utf8.span
        for index in wanted.indices where wanted[index] != document[nameRange.lowerBound + index] { return false }
        return true
      }
      // An escape makes a name longer than it is.
      return nameRange.count > name.utf8.count && hasEscapes
        && (try? JSONString.decode(document, nameRange)) == Array(name.utf8)
    }
  }

  /// The value of the last member of this name, as most readers take it, unless it is null.
  public subscript(name: String) -> JSONValue? {
    guard let member = members.last(where: { $0.isNamed(name) }), member.value.kind != .null else { return nil }
    return member.value
  }

  /// What is written between the braces, without the white space next to them; empty when there are no members.
  public var bytesBetweenBraces: ArraySlice<UInt8> {
    guard let first = members.first, let last = members.last else { return [] }
    return value.document[first.nameRange.lowerBound - 1..<last.valueRange.upperBound]
  }
}

extension JSONValue {
  /// The elements of an array; an error when this is none.
  public func array() throws(JSONError) -> [JSONValue] {
    guard kind == .array else { throw JSONError(.expected(.array), at: range.lowerBound) }
    var scanner = ContainerScanner(self)
    return scanner.elements()
  }
}

/// Cuts an object or an array into its parts. The document is valid already, so that only strings and brackets matter.
private struct ContainerScanner {
  private let document: [UInt8]
  private var index: Int

  init(_ value: JSONValue) {
    document = value.document
    index = value.range.lowerBound + 1
  }

  mutating func members() -> [JSONObject.Member] {
    var members: [JSONObject.Member] = []
    members.reserveCapacity(16)
    while true {
      skip { $0.isJSONWhiteSpace || $0 == UInt8(ascii: ",") }
      if document[index] == UInt8(ascii: "}") { return members }
      let name = string()
      skip { $0.isJSONWhiteSpace || $0 == UInt8(ascii: ":") }
      let start = index
      skipValue()
      members.append(.init(document: document, nameRange: name, valueRange: start..<index))
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

  /// Moves past a string and gives the range between its quotation marks.
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
