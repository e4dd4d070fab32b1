internal import Foundation

/// An item, or a part of one: values by attribute name, or by placeholder.
typealias Item = [String: AttributeValue]

/// The value of an attribute. The function writes strings and numbers, and no other type is supported.
enum AttributeValue: Equatable, Sendable {
  /// `S`.
  case string(String)
  /// `N`, as it was written. It is a valid decimal number.
  case number(String)

  /// The size that counts towards an item's limit, in bytes, about as DynamoDB counts it.
  var size: Int {
    switch self {
    case .string(let text), .number(let text): text.utf8.count
    }
  }

  /// Compares two values of the same type; nil if their types differ.
  func compare(_ other: AttributeValue) -> ComparisonResult? {
    switch (self, other) {
    case (.string(let one), .string(let two)):
      if one == two { return .orderedSame }
      return one.utf8.lexicographicallyPrecedes(two.utf8) ? .orderedAscending : .orderedDescending
    case (.number(let one), .number(let two)):
      guard let one = Decimal(string: one), let two = Decimal(string: two) else { return nil }
      return one == two ? .orderedSame : one < two ? .orderedAscending : .orderedDescending
    default: return nil
    }
  }
}

extension AttributeValue: Codable {
  init(from decoder: any Decoder) throws {
    let types = try? decoder.singleValueContainer().decode([String: String].self)
    switch (types?.count, types?.first?.key, types?.first?.value) {
    case (1, "S", let text?): self = .string(text)
    case (1, "N", let text?) where text.wholeMatch(of: /[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?/) != nil:
      self = .number(text)
    default:
      throw DecodingError.dataCorruptedError(
        in: try decoder.singleValueContainer(), debugDescription: "must be a string (S) or a number (N)")
    }
  }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .string(let text): try ["S": text].encode(to: encoder)
    case .number(let text): try ["N": text].encode(to: encoder)
    }
  }
}
