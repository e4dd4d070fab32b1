internal import Foundation

/// A condition on an item's current attributes.
indirect enum Condition: Equatable, Sendable {
  /// `attribute_exists(name)`.
  case exists(String)
  /// `attribute_not_exists(name)`.
  case absent(String)
  /// `name operator value`. False if the item lacks the attribute, or has it with another type.
  case comparison(String, Operator, AttributeValue)
  case both(Condition, Condition)
  case either(Condition, Condition)

  enum Operator: String {
    case equal = "="
    case notEqual = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  /// Whether an item meets the condition; an absent one has no attributes.
  func holds(for item: Item?) -> Bool {
    switch self {
    case .exists(let name): return item?[name] != nil
    case .absent(let name): return item?[name] == nil
    case .both(let one, let other): return one.holds(for: item) && other.holds(for: item)
    case .either(let one, let other): return one.holds(for: item) || other.holds(for: item)
    case .comparison(let name, let comparison, let value):
      guard let order = item?[name]?.compare(value) else { return comparison == .notEqual }
      switch comparison {
      case .equal: return order == .orderedSame
      case .notEqual: return order != .orderedSame
      case .less: return order == .orderedAscending
      case .lessOrEqual: return order != .orderedDescending
      case .greater: return order == .orderedDescending
      case .greaterOrEqual: return order != .orderedAscending
      }
    }
  }
}
