internal import JSONTree

extension JSONSchema {
  /// The reasons why the schema doesn't allow a value; empty if it is valid. Their wording and order are those of API
  /// Gateway's `$context.error.validationErrorString`, which come from java-json-tools' json-schema-validator.
  ///
  /// As there, members and items are checked only if there are no violations so far.
  func violations(in value: JSON) -> [String] {
    var violations: [String] = []
    if let schema = schemas.first { check(value, schema, &violations) }
    return violations
  }

  private func check(_ value: JSON, _ schema: Schema, _ violations: inout [String]) {
    switch schema {
    case .reference(let index): check(value, schemas[index], &violations)
    case .keywords(let keywords):
      for check in keywords.checks { apply(check, of: keywords, to: value, &violations) }
      if violations.isEmpty { checkChildren(of: value, keywords, &violations) }
    }
  }

  private func checkChildren(of value: JSON, _ keywords: SchemaKeywords, _ violations: inout [String]) {
    switch value {
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        let schema = index < keywords.firstItems.count ? keywords.firstItems[index] : keywords.otherItems
        if let schema { check(element, schema, &violations) }
      }
    case .object(let members):
      for member in members.sorted(by: { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }) {
        let schemas = keywords.schemas(ofProperty: member.name)
        for schema in schemas { check(member.value, schema, &violations) }
        if schemas.isEmpty, let schema = keywords.additionalProperties { check(member.value, schema, &violations) }
      }
    default: break
    }
  }

  private func apply(_ check: SchemaCheck, of keywords: SchemaKeywords, to value: JSON, _ violations: inout [String]) {
    switch (check, value) {
    case (.type(let types), _): if let violation = value.violation(types) { violations.append(violation) }
    case (.enum(let values, let compared), _):
      if !compared.contains(ComparedJSON(value)) {
        violations.append("instance value (\(value)) not found in enum (possible values: \(values))")
      }
    case (.allOf(let schemas), _):
      let count = matches(value, schemas)
      if count < schemas.count {
        violations.append(
          "instance failed to match all required schemas (matched only \(count) out of \(schemas.count))")
      }
    case (.anyOf(let schemas), _):
      if matches(value, schemas) == 0 {
        violations.append("instance failed to match at least one required schema among \(schemas.count)")
      }
    case (.oneOf(let schemas), _):
      let count = matches(value, schemas)
      if count != 1 {
        violations.append("instance failed to match exactly one schema (matched \(count) out of \(schemas.count))")
      }
    case (.not(let schema), _):
      if matches(value, [schema]) == 1 { violations.append("instance matched a schema which it should not have") }
    case (.dependencies(let dependencies), .object(let members)):
      for dependency in dependencies { apply(dependency, to: value, members, &violations) }
    case (.additionalProperties, .object(let members)):
      let names = members.map(\.name).filter { keywords.schemas(ofProperty: $0).isEmpty }
      if !names.isEmpty {
        violations.append(
          "object instance has properties which are not allowed by the schema: \(names.sortedByUTF16().asJSON)")
      }
    case (_, .object(let members)): if let violation = check.violation(members) { violations.append(violation) }
    case (_, .array(let elements)): if let violation = check.violation(elements) { violations.append(violation) }
    case (_, .string(let text)): if let violation = check.violation(text) { violations.append(violation) }
    case (_, .number(let text)): if let violation = check.violation(number: text) { violations.append(violation) }
    case (_, .null), (_, .boolean): break
    }
  }

  /// The number of these schemas that a value matches.
  private func matches(_ value: JSON, _ schemas: [Schema]) -> Int {
    schemas.count { schema in
      var violations: [String] = []
      check(value, schema, &violations)
      return violations.isEmpty
    }
  }

  private func apply(
    _ dependency: SchemaCheck.Dependency, to value: JSON, _ members: [JSON.Member], _ violations: inout [String]
  ) {
    switch dependency {
    case .schema(let name, let schema): if members.has(name) { check(value, schema, &violations) }
    case .properties(let name, let required):
      let missing = required.filter { !members.has($0) }
      guard members.has(name), !missing.isEmpty else { return }
      violations.append(
        "property \"\(name)\" of object has missing property dependencies "
          + "(schema requires \(required.asJSON); missing: \(missing.asJSON))")
    }
  }
}
