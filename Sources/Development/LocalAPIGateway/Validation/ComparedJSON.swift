internal import JSONTree

/// A JSON value as JSON Schema compares it: numbers by value, members in any order, strings by code points
/// (Swift's strings are also equal if they are canonically equivalent).
enum ComparedJSON: Hashable, Sendable {
  /// The UTF-8 of a string.
  typealias Text = [UInt8]

  case null
  case boolean(Bool)
  case number(DecimalNumber)
  case string(Text)
  case array([ComparedJSON])
  case object([Text: ComparedJSON])

  /// Converts a value. A number that is invalid by RFC 8259, which parsed JSON never contains, is compared as text.
  init(_ json: JSON) {
    switch json {
    case .null: self = .null
    case .boolean(let value): self = .boolean(value)
    case .number(let text): self = DecimalNumber(text).map(ComparedJSON.number) ?? .string(Array(text.utf8))
    case .string(let text): self = .string(Array(text.utf8))
    case .array(let elements): self = .array(elements.map(ComparedJSON.init))
    case .object(let members):
      let pairs = members.map { (Array($0.name.utf8), ComparedJSON($0.value)) }
      self = .object(Dictionary(pairs) { _, last in last })
    }
  }
}
