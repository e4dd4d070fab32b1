internal import JSONTree

/// A JSON value as JSON Schema compares values: numbers by their worth, members in any order, text by its code points
/// (Swift's strings are also equal when they're only canonically equivalent).
enum ComparedJSON: Hashable, Sendable {
  /// The UTF-8 of a text.
  typealias Text = [UInt8]

  case null
  case boolean(Bool)
  case number(DecimalNumber)
  case string(Text)
  case array([ComparedJSON])
  case object([Text: ComparedJSON])

  /// A value to compare. A number that is none by RFC 8259, which no JSON text has, is compared as text.
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
