package import RawJSON

extension JSON {
  /// Parses a document strictly by RFC 8259. If a name occurs more than once in an object, the last value wins.
  package init(parsing document: [UInt8]) throws(JSONError) {
    // Validates first, so that the reader below can rely on the syntax and on a limited depth.
    _ = try JSONValue(parsing: document)
    var reader = JSONTreeReader(document: document)
    self = try reader.value()
  }
}

/// Builds the tree of a valid document in one pass. Slicing `JSONValue`s would scan each value once per nesting level.
private struct JSONTreeReader {
  let document: [UInt8]
  private var index = 0

  init(document: [UInt8]) {
    self.document = document
  }

  mutating func value() throws(JSONError) -> JSON {
    skip { $0.isWhiteSpace }
    switch document[index] {
    case UInt8(ascii: "{"): return .object(try members())
    case UInt8(ascii: "["): return .array(try elements())
    case UInt8(ascii: "\""): return .string(try string())
    default: break
    }
    let start = index
    skip { !$0.isWhiteSpace && !",]}".utf8.contains($0) }
    switch document[start] {
    case UInt8(ascii: "n"): return .null
    case UInt8(ascii: "t"): return .boolean(true)
    case UInt8(ascii: "f"): return .boolean(false)
    default: return .number(String(decoding: document[start..<index], as: UTF8.self))
    }
  }

  private mutating func elements() throws(JSONError) -> [JSON] {
    var elements: [JSON] = []
    index += 1
    while !ends(with: UInt8(ascii: "]")) { elements.append(try value()) }
    return elements
  }

  private mutating func members() throws(JSONError) -> [JSON.Member] {
    var members: [JSON.Member] = []
    // Compares bytes, because Swift considers both spellings of é equal.
    var indexes: [[UInt8]: Int] = [:]
    index += 1
    while !ends(with: UInt8(ascii: "}")) {
      let name = try string()
      skip { $0.isWhiteSpace || $0 == UInt8(ascii: ":") }
      let member = JSON.Member(name: name, value: try value())
      let key = Array(name.utf8)
      if let index = indexes[key] {
        members[index] = member
      } else {
        indexes[key] = members.count
        members.append(member)
      }
    }
    return members
  }

  /// Advances to the next element of a container; or past its end, and returns true, if there are no more.
  private mutating func ends(with end: UInt8) -> Bool {
    skip { $0.isWhiteSpace || $0 == UInt8(ascii: ",") }
    guard document[index] == end else { return false }
    index += 1
    return true
  }

  private mutating func string() throws(JSONError) -> String {
    let start = index
    var isEscaped = false
    index += 1
    while document[index] != UInt8(ascii: "\"") {
      if document[index] == UInt8(ascii: "\\") {
        isEscaped = true
        index += 1
      }
      index += 1
    }
    index += 1
    guard isEscaped else { return String(decoding: document[start + 1..<index - 1], as: UTF8.self) }
    do {
      return try JSONValue(parsing: Array(document[start..<index])).string()
    } catch {
      throw JSONError(error.reason, at: start + error.offset)
    }
  }

  private mutating func skip(while condition: (UInt8) -> Bool) {
    while index < document.count && condition(document[index]) { index += 1 }
  }
}

extension UInt8 {
  fileprivate var isWhiteSpace: Bool { self == 0x20 || self == 0x0a || self == 0x0d || self == 0x09 }
}
