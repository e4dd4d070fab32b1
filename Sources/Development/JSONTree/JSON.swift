/// A JSON value as a tree. An object's members keep their order, and a number its digits.
package enum JSON: Hashable, Sendable {
  case null
  case boolean(Bool)
  case number(String)
  case string(String)
  case array([JSON])
  case object([Member])

  /// A name and its value.
  package struct Member: Hashable, Sendable {
    package let name: String
    package let value: JSON

    /// A name and its value.
    package init(name: String, value: JSON) {
      self.name = name
      self.value = value
    }

    /// Members in source order.
    package static func list(_ members: KeyValuePairs<String, JSON>) -> [Member] {
      members.map { Member(name: $0.key, value: $0.value) }
    }
  }

  /// An object with its members in source order.
  package static func members(_ members: KeyValuePairs<String, JSON>) -> JSON { .object(Member.list(members)) }

  /// An object of strings, in the order of the pairs.
  package static func strings(_ pairs: some Sequence<(name: String, value: String)>) -> JSON {
    .object(pairs.map { Member(name: $0.name, value: .string($0.value)) })
  }

  /// The value of an object's member; nil if the member is missing or this isn't an object.
  package subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
  }

  /// The text of a string; nil for anything else.
  package var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }
}

extension JSON: CustomStringConvertible {
  /// The value as JSON without white space. Characters beyond ASCII aren't escaped.
  package var description: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .number(let number): text += number
    case .string(let string): string.writeQuoted(to: &text)
    case .array(let elements):
      text += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { text += "," }
        element.write(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += "," }
        member.name.writeQuoted(to: &text)
        text += ":"
        member.value.write(to: &text)
      }
      text += "}"
    }
  }
}

extension String {
  fileprivate func writeQuoted(to text: inout String) {
    text += "\""
    if utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      text += self
      text += "\""
      return
    }
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{8}": text += "\\b"
      case "\u{c}": text += "\\f"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
