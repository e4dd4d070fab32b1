extension VelocityValue {
  /// Java's `equals`, by which 1 is not 1.0.
  func equals(_ other: VelocityValue, depth: Int = 0) throws(MethodError) -> Bool {
    guard depth < 100 else { throw MethodError("compares values of over 100 levels; compare a part of them") }
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
        guard try one.equals(another, depth: depth + 1) else { return false }
      }
      return true
    case (.map(let left), .map(let right)):
      if left === right { return true }
      guard left.count == right.count else { return false }
      for entry in left.entries {
        guard let value = right.value(of: entry.key), try entry.value.equals(value, depth: depth + 1) else {
          return false
        }
      }
      return true
    default: return false
    }
  }

  /// The operator `==`: numbers by value, two of a kind by `equals`, anything else by its text.
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
