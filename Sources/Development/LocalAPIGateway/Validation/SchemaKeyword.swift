internal import JSONTree

/// A keyword's value in a schema, with its location.
struct SchemaKeyword {
  let value: JSON
  let location: String

  init(_ value: JSON, _ location: String) {
    self.value = value
    self.location = location
  }

  /// An error about the value.
  func error(_ problem: String) -> JSONSchemaError {
    JSONSchemaError(location: location, problem: problem)
  }

  func string() throws(JSONSchemaError) -> String {
    guard let text = value.string else { throw error("must be a string") }
    return text
  }

  func boolean() throws(JSONSchemaError) -> Bool {
    guard case .boolean(let value) = value else { throw error("must be true or false") }
    return value
  }

  /// A length or a count.
  func count() throws(JSONSchemaError) -> Int {
    guard case .number(let text) = value, let count = Int(text), count >= 0 else {
      throw error("must be an integer of 0 or more")
    }
    return count
  }

  func bound(isExclusive: Bool = false) throws(JSONSchemaError) -> SchemaCheck.Bound {
    guard case .number(let text) = value, let number = DecimalNumber(text) else { throw error("must be a number") }
    return SchemaCheck.Bound(text: text, number: number, isExclusive: isExclusive)
  }

  func pattern() throws(JSONSchemaError) -> ECMAPattern {
    try Self.pattern(try string(), location)
  }

  /// The elements of a non-empty list, with their locations.
  func list() throws(JSONSchemaError) -> [SchemaKeyword] {
    guard case .array(let elements) = value, !elements.isEmpty else {
      throw error("must be a list with at least one element")
    }
    return elements.enumerated().map { SchemaKeyword($1, "\(location)/\($0)") }
  }

  /// Distinct names of properties, sorted by UTF-16 as in messages.
  func names() throws(JSONSchemaError) -> [String] {
    var names: [String] = []
    for element in try list() { names.append(try element.string()) }
    guard Set(names.map { Array($0.utf8) }).count == names.count else { throw error("must not repeat a name") }
    return names.sortedByUTF16()
  }

  /// The members of an object, with their locations.
  func members() throws(JSONSchemaError) -> [(name: String, value: SchemaKeyword)] {
    guard case .object(let members) = value else { throw error("must be an object") }
    return members.map { ($0.name, SchemaKeyword($0.value, "\(location)/\($0.name.pointerEscaped)")) }
  }

  /// Parses a pattern, which is a value or a member's name.
  static func pattern(_ source: String, _ location: String) throws(JSONSchemaError) -> ECMAPattern {
    do {
      return try ECMAPattern(source)
    } catch {
      throw JSONSchemaError(location: location, problem: "the pattern \(source) \(error.problem)")
    }
  }
}

extension [String] {
  /// The names in Java's string order.
  func sortedByUTF16() -> [String] {
    sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
  }
}
