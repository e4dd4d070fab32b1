internal import JSONTree

extension JSONPathReader {
  /// The limit for nested conditions, parentheses and paths in filters.
  private static let maximumDepth = 40

  /// Parses the condition of a filter, up to its closing parenthesis.
  mutating func filter() throws(JSONPathError) -> JSONPathFilter {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { throw JSONPathError("nests a filter too deeply; simplify it") }
    var filter = try conjunction()
    while skip("||") { filter = .or(filter, try conjunction()) }
    return filter
  }

  private mutating func conjunction() throws(JSONPathError) -> JSONPathFilter {
    var filter = try condition()
    while skip("&&") { filter = .and(filter, try condition()) }
    return filter
  }

  private mutating func condition() throws(JSONPathError) -> JSONPathFilter {
    skipSpaces()
    defer { skipSpaces() }
    if rest.hasPrefix("!"), !rest.hasPrefix("!=") {
      rest.removeFirst()
      guard skip("(") else { throw error() }
      let inner = try filter()
      guard skip(")") else { throw error() }
      return .not(inner)
    }
    if skip("(") {
      let inner = try filter()
      guard skip(")") else { throw error() }
      return inner
    }
    let left = try operand()
    skipSpaces()
    guard let comparison = JSONPathFilter.Comparison.allCases.first(where: { rest.hasPrefix($0.rawValue) }) else {
      guard case .path(let path) = left else { throw error() }
      return .exists(path)
    }
    rest.removeFirst(comparison.rawValue.count)
    skipSpaces()
    return .compare(left, comparison, try operand())
  }

  private mutating func operand() throws(JSONPathError) -> JSONPathFilter.Operand {
    if skip("@") {
      depth += 1
      defer { depth -= 1 }
      guard depth <= Self.maximumDepth else { throw JSONPathError("nests a filter too deeply; simplify it") }
      return .path(JSONPath(steps: try steps()))
    }
    if rest.first == "'" || rest.first == "\"" { return .value(.string(try quoted())) }
    let word = rest.prefix { !" )&|=!<>".contains($0) }
    guard let value = try? JSON(parsing: Array(word.utf8)) else { throw error() }
    rest.removeFirst(word.count)
    return .value(value)
  }
}
