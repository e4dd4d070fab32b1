internal import JSONTree

/// A keyword's value in a schema, and where it stands.
struct SchemaKeyword {
  let value: JSON
  let location: String

  init(_ value: JSON, _ location: String) {
    self.value = value
    self.location = location
  }

  /// That the value is wrong.
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

  /// A length or a number of things.
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

  /// A list with something in it, by itself and with its elements' places.
  func list() throws(JSONSchemaError) -> [SchemaKeyword] {
    guard case .array(let elements) = value, !elements.isEmpty else {
      throw error("must be a list with at least one element")
    }
    return elements.enumerated().map { SchemaKeyword($1, "\(location)/\($0)") }
  }

  /// Names of properties, none twice, sorted as messages have them: by UTF-16.
  func names() throws(JSONSchemaError) -> [String] {
    var names: [String] = []
    for element in try list() { names.append(try element.string()) }
    guard Set(names.map { Array($0.utf8) }).count == names.count else { throw error("must not have a name twice") }
    return names.sortedByUTF16()
  }

  /// The members of an object with their places.
  func members() throws(JSONSchemaError) -> [(name: String, value: SchemaKeyword)] {
    guard case .object(let members) = value else { throw error("must be an object") }
    return members.map { ($0.name, SchemaKeyword($0.value, "\(location)/\($0.name.pointerEscaped)")) }
  }

  /// Reads a pattern that stands in a value, or in a member's name.
  static func pattern(_ source: String, _ location: String) throws(JSONSchemaError) -> ECMAPattern {
    do {
      return try ECMAPattern(source)
    } catch {
      throw JSONSchemaError(location: location, problem: "the pattern \(source) \(error.problem)")
    }
  }
}

extension [String] {
  /// The names in Java's order of strings.
  func sortedByUTF16() -> [String] {
    sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
  }
}
