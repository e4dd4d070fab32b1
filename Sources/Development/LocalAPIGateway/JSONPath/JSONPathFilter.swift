internal import JSONTree

/// The condition of a path's `[?(…)]`.
indirect enum JSONPathFilter: Hashable, Sendable {
  /// An operand of a comparison.
  enum Operand: Hashable, Sendable {
    /// `@.name`: a path from the element.
    case path(JSONPath)
    case value(JSON)
  }

  /// A comparison operator.
  enum Comparison: String, Hashable, Sendable, CaseIterable {
    // Longer operators come first, because the parser takes the first match.
    case equal = "=="
    case notEqual = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"
  }

  /// `@.name` without a comparison: whether the value exists.
  case exists(JSONPath)
  case compare(Operand, Comparison, Operand)
  case and(JSONPathFilter, JSONPathFilter)
  case or(JSONPathFilter, JSONPathFilter)
  case not(JSONPathFilter)

  /// Whether an element meets the condition.
  func holds(for element: JSON) throws(JSONPathError) -> Bool {
    switch self {
    case .exists(let path): return try path.value(in: element) != nil
    case .and(let one, let other): return try one.holds(for: element) ? other.holds(for: element) : false
    case .or(let one, let other): return try one.holds(for: element) ? true : other.holds(for: element)
    case .not(let filter): return try !filter.holds(for: element)
    case .compare(let left, let comparison, let right):
      return comparison.holds(try left.value(in: element), try right.value(in: element))
    }
  }
}

extension JSONPathFilter.Operand {
  fileprivate func value(in element: JSON) throws(JSONPathError) -> JSON? {
    switch self {
    case .path(let path): try path.value(in: element)
    case .value(let value): value
    }
  }
}

extension JSONPathFilter.Comparison {
  /// Orders numbers by value, and strings by UTF-16 as Java does. Other values have no order.
  fileprivate func holds(_ left: JSON?, _ right: JSON?) -> Bool {
    guard let left, let right else { return self == .notEqual && left != right }
    if case .number(let one) = left, case .number(let other) = right, let one = Double(one), let other = Double(other) {
      return holds(one, other)
    }
    if case .string(let one) = left, case .string(let other) = right {
      let (one, other) = (Array(one.utf16), Array(other.utf16))
      return holds(one == other ? 0 : one.lexicographicallyPrecedes(other) ? -1 : 1, 0)
    }
    switch self {
    case .equal: return ComparedJSON(left) == ComparedJSON(right)
    case .notEqual: return ComparedJSON(left) != ComparedJSON(right)
    case .less, .lessOrEqual, .greater, .greaterOrEqual: return false
    }
  }

  private func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}
