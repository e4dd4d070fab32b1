extension VelocityValue {
  /// Java's `equals`, for which 1 is not 1.0.
  func equals(_ other: VelocityValue) throws(MethodError) -> Bool {
    var comparisons = Self.comparisons
    return try equals(other, depth: 0, &comparisons)
  }

  /// The maximum number of comparisons in one method: lists that share their elements can be larger than memory.
  static var comparisons: Int { 1_000_000 }

  func equals(_ other: VelocityValue, depth: Int, _ comparisons: inout Int) throws(MethodError) -> Bool {
    comparisons -= 1
    guard depth < 100, comparisons > 0 else {
      throw MethodError("compares more than 100 levels or \(Self.comparisons) values; compare a part of them")
    }
    switch (self, other) {
    case (.null, .null): return true
    case (.boolean(let left), .boolean(let right)): return left == right
    case (.integer(let left), .integer(let right)): return left == right
    case (.double(let left), .double(let right)): return left == right
    case (.string(let left), .string(let right)): return left.utf8.elementsEqual(right.utf8)
    case (.object(let left), .object(let right)): return left === right
    case (.list(let left), .list(let right)):
      if left === right { return true }
      guard left.elements.count == right.elements.count else { return false }
      for (one, another) in zip(left.elements, right.elements) {
        guard try one.equals(another, depth: depth + 1, &comparisons) else { return false }
      }
      return true
    case (.map(let left), .map(let right)):
      if left === right { return true }
      guard left.count == right.count else { return false }
      for entry in left.entries {
        guard let value = right.value(of: entry.key), try entry.value.equals(value, depth: depth + 1, &comparisons)
        else {
          return false
        }
      }
      return true
    default: return false
    }
  }

  /// The operator `==`: compares numbers by value, two values of the same kind with `equals`, and others by their text.
  func isEqual(to other: VelocityValue, limit: Int) throws(MethodError) -> Bool {
    switch (self, other) {
    case (.null, .null): return true
    case (.null, _), (_, .null): return false
    case (.integer(let left), .double(let right)): return Double(left) == right
    case (.double(let left), .integer(let right)): return left == Double(right)
    case (.boolean, .boolean), (.integer, .integer), (.double, .double), (.string, .string), (.object, .object),
      (.list, .list), (.map, .map):
      return try equals(other)
    default: return try text(within: limit).utf8.elementsEqual(other.text(within: limit).utf8)
    }
  }
}
