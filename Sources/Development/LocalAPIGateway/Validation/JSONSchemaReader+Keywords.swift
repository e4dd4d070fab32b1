internal import JSONTree

extension JSONSchemaReader {
  /// Parses the keywords of a schema without `$ref`.
  mutating func keywords(of schema: JSON, at location: String) throws(JSONSchemaError) -> SchemaKeywords {
    var keywords = SchemaKeywords()
    func keyword(_ name: String) -> SchemaKeyword? {
      schema[name].map { SchemaKeyword($0, "\(location)/\(name)") }
    }
    // In alphabetical order, capitals first, which is the order of the checks.
    if let check = try items(keyword("items"), keyword("additionalItems"), &keywords) { keywords.checks.append(check) }
    if let check = try properties(keyword, &keywords) { keywords.checks.append(check) }
    if let list = try keyword("allOf")?.list() { keywords.checks.append(.allOf(try schemas(list))) }
    if let list = try keyword("anyOf")?.list() { keywords.checks.append(.anyOf(try schemas(list))) }
    if let members = try keyword("dependencies")?.members() {
      keywords.checks.append(.dependencies(try dependencies(members)))
    }
    if let values = keyword("enum") {
      keywords.checks.append(.enum(values.value, Set(try values.list().map { ComparedJSON($0.value) })))
    }
    if let count = try keyword("maxItems")?.count() { keywords.checks.append(.maxItems(count)) }
    if let count = try keyword("maxLength")?.count() { keywords.checks.append(.maxLength(count)) }
    if let count = try keyword("maxProperties")?.count() { keywords.checks.append(.maxProperties(count)) }
    let isBelow = try keyword("exclusiveMaximum")?.boolean() ?? false
    if let bound = try keyword("maximum")?.bound(isExclusive: isBelow) { keywords.checks.append(.maximum(bound)) }
    if let count = try keyword("minItems")?.count() { keywords.checks.append(.minItems(count)) }
    if let count = try keyword("minLength")?.count() { keywords.checks.append(.minLength(count)) }
    if let count = try keyword("minProperties")?.count() { keywords.checks.append(.minProperties(count)) }
    let isAbove = try keyword("exclusiveMinimum")?.boolean() ?? false
    if let bound = try keyword("minimum")?.bound(isExclusive: isAbove) { keywords.checks.append(.minimum(bound)) }
    if let divisor = keyword("multipleOf") { keywords.checks.append(.multipleOf(try self.divisor(divisor))) }
    if let not = keyword("not") { keywords.checks.append(.not(try read(not.value, not.location))) }
    if let list = try keyword("oneOf")?.list() { keywords.checks.append(.oneOf(try schemas(list))) }
    if let pattern = try keyword("pattern")?.pattern() { keywords.checks.append(.pattern(pattern)) }
    if let names = try keyword("required")?.names() { keywords.checks.append(.required(names)) }
    if let types = keyword("type") { keywords.checks.append(.type(try self.types(types))) }
    if try keyword("uniqueItems")?.boolean() ?? false { keywords.checks.append(.uniqueItems) }
    return keywords
  }

  private mutating func schemas(_ list: [SchemaKeyword]) throws(JSONSchemaError) -> [Schema] {
    var schemas: [Schema] = []
    for element in list { schemas.append(try read(element.value, element.location)) }
    return schemas
  }

  private mutating func items(
    _ items: SchemaKeyword?, _ additional: SchemaKeyword?, _ keywords: inout SchemaKeywords
  ) throws(JSONSchemaError) -> SchemaCheck? {
    var isList = false
    if let items {
      if case .array = items.value {
        isList = true
        keywords.firstItems = try schemas(try items.list())
      } else {
        keywords.otherItems = try read(items.value, items.location)
      }
    }
    guard let additional else { return nil }
    if case .boolean(let isAllowed) = additional.value {
      return isList && !isAllowed ? .additionalItems(keywords.firstItems.count) : nil
    }
    let schema = try read(additional.value, additional.location)
    if isList { keywords.otherItems = schema }
    return nil
  }

  private mutating func properties(
    _ keyword: (String) -> SchemaKeyword?, _ keywords: inout SchemaKeywords
  ) throws(JSONSchemaError) -> SchemaCheck? {
    for (name, value) in try keyword("properties")?.members() ?? [] {
      keywords.properties[Array(name.utf8)] = try read(value.value, value.location)
    }
    for (name, value) in try keyword("patternProperties")?.members() ?? [] {
      let pattern = try SchemaKeyword.pattern(name, value.location)
      keywords.patternProperties.append((pattern, try read(value.value, value.location)))
    }
    guard let additional = keyword("additionalProperties") else { return nil }
    if case .boolean(let isAllowed) = additional.value { return isAllowed ? nil : .additionalProperties }
    keywords.additionalProperties = try read(additional.value, additional.location)
    return nil
  }

  private mutating func dependencies(
    _ members: [(name: String, value: SchemaKeyword)]
  ) throws(JSONSchemaError) -> [SchemaCheck.Dependency] {
    var dependencies: [SchemaCheck.Dependency] = []
    for (name, value) in members {
      if case .array = value.value {
        dependencies.append(.properties(name, try value.names()))
      } else {
        dependencies.append(.schema(name, try read(value.value, value.location)))
      }
    }
    return dependencies
  }

  private func divisor(_ keyword: SchemaKeyword) throws(JSONSchemaError) -> SchemaCheck.Bound {
    let bound = try keyword.bound()
    guard bound.number.isMultiple(of: bound.number) != nil else {
      throw keyword.error("must be a number above 0 of at most 18 digits")
    }
    return bound
  }

  private func types(_ keyword: SchemaKeyword) throws(JSONSchemaError) -> [JSONType] {
    var list = [keyword]
    if case .array = keyword.value { list = try keyword.list() }
    var types: Set<JSONType> = []
    for element in list {
      guard let type = JSONType(rawValue: try element.string()) else {
        let known = JSONType.allCases.map(\.rawValue).joined(separator: ", ")
        throw element.error("\(element.value) is not a type; write one of \(known)")
      }
      types.insert(type)
    }
    // Integers are numbers, too.
    if types.contains(.number) { types.insert(.integer) }
    return JSONType.allCases.filter(types.contains)
  }
}
