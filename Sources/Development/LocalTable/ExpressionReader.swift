/// Reads the expressions of one request: conditions, and updates that set attributes.
///
/// Attributes are written as `#name` and values as `:value`, as the function writes them; every one must be defined, and
/// every definition used. See [Expressions in
/// DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html).
struct ExpressionReader {
  private let names: [String: String]
  private let values: Item
  private var used: Set<String> = []
  private var tokens: [Substring] = []
  private var position = 0
  private var kind = ""

  init(names: [String: String]?, values: Item?) {
    self.names = names ?? [:]
    self.values = values ?? [:]
  }

  /// Reads a ConditionExpression: comparisons, `attribute_exists` and `attribute_not_exists`, joined by `AND` and `OR`.
  mutating func condition(_ text: String) throws(TableError) -> Condition {
    start(text, "ConditionExpression")
    let condition = try alternatives()
    guard position == tokens.count else { throw unsupported() }
    return condition
  }

  /// Reads an UpdateExpression of the form `SET #name = :value, …`.
  mutating func update(_ text: String) throws(TableError) -> [(name: String, value: AttributeValue)] {
    start(text, "UpdateExpression")
    try take("SET")
    var changes: [(name: String, value: AttributeValue)] = []
    repeat {
      let name = try name()
      try take("=")
      guard name != WriteInput.keyName else {
        throw .validation(
          "One or more parameter values were invalid: Cannot update attribute \(name). "
            + "This attribute is part of the key")
      }
      changes.append((name, try value()))
    } while takes(",")
    guard position == tokens.count else { throw unsupported() }
    return changes
  }

  /// Rejects definitions that no expression uses, as DynamoDB does.
  func checkAllUsed() throws(TableError) {
    for (member, keys) in [
      ("ExpressionAttributeNames", names.keys.sorted()), ("ExpressionAttributeValues", values.keys.sorted()),
    ] {
      let unused = keys.filter { !used.contains($0) }
      if !unused.isEmpty {
        throw .validation(
          "Value provided in \(member) unused in expressions: keys: {\(unused.joined(separator: ", "))}")
      }
    }
  }

  // MARK: The grammar

  private mutating func alternatives() throws(TableError) -> Condition {
    var condition = try conjunction()
    while takes("OR") { condition = .either(condition, try conjunction()) }
    return condition
  }

  private mutating func conjunction() throws(TableError) -> Condition {
    var condition = try term()
    while takes("AND") { condition = .both(condition, try term()) }
    return condition
  }

  private mutating func term() throws(TableError) -> Condition {
    if takes("(") {
      let condition = try alternatives()
      try take(")")
      return condition
    }
    for (function, condition) in [
      ("attribute_exists", Condition.exists), ("attribute_not_exists", Condition.absent),
    ] where takes(function) {
      try take("(")
      let name = try name()
      try take(")")
      return condition(name)
    }
    let name = try name()
    guard let comparison = next.flatMap({ Condition.Operator(rawValue: String($0)) }) else { throw unsupported() }
    position += 1
    return .comparison(name, comparison, try value())
  }

  private mutating func name() throws(TableError) -> String {
    guard let token = next, token.hasPrefix("#") else { throw unsupported() }
    guard let name = names[String(token)] else {
      throw .validation(
        "Invalid \(kind): An expression attribute name used in the document path is not defined; "
          + "attribute name: \(token)")
    }
    used.insert(String(token))
    position += 1
    return name
  }

  private mutating func value() throws(TableError) -> AttributeValue {
    guard let token = next, token.hasPrefix(":") else { throw unsupported() }
    guard let value = values[String(token)] else {
      throw .validation(
        "Invalid \(kind): An expression attribute value used in expression is not defined; attribute value: \(token)")
    }
    used.insert(String(token))
    position += 1
    return value
  }

  // MARK: Tokens

  private var next: Substring? { position < tokens.count ? tokens[position] : nil }

  private mutating func start(_ text: String, _ kind: String) {
    self.kind = kind
    position = 0
    tokens = text.matches(of: /[#:]?[A-Za-z0-9_]+|<>|<=|>=|[^\s]/).map(\.output)
  }

  private mutating func takes(_ token: String) -> Bool {
    guard let next, next.caseInsensitivelyEquals(token) else { return false }
    position += 1
    return true
  }

  private mutating func take(_ token: String) throws(TableError) {
    guard takes(token) else { throw unsupported() }
  }

  private func unsupported() -> TableError {
    let place = next.map { "at \"\($0)\"" } ?? "at its end"
    return .validation("Invalid \(kind): not supported here, \(place); see the expressions of apigw-batch's function")
  }
}

extension Substring {
  fileprivate func caseInsensitivelyEquals(_ text: String) -> Bool { lowercased() == text.lowercased() }
}
