internal import JSONTree

extension JSONSchema {
  /// The reasons why the schema doesn't allow a value; empty if it is valid. Their wording and order are those of API
  /// Gateway's `$context.error.validationErrorString`, which come from java-json-tools' json-schema-validator.
  ///
  /// As there, members and items are checked only if there are no findings so far.
  func findings(in value: JSON) -> [String] {
    var findings: [String] = []
    if let schema = schemas.first { check(value, schema, &findings) }
    return findings
  }

  private func check(_ value: JSON, _ schema: Schema, _ findings: inout [String]) {
    switch schema {
    case .reference(let index): check(value, schemas[index], &findings)
    case .keywords(let keywords):
      for check in keywords.checks { apply(check, of: keywords, to: value, &findings) }
      if findings.isEmpty { checkChildren(of: value, keywords, &findings) }
    }
  }

  private func checkChildren(of value: JSON, _ keywords: SchemaKeywords, _ findings: inout [String]) {
    switch value {
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        let schema = index < keywords.firstItems.count ? keywords.firstItems[index] : keywords.otherItems
        if let schema { check(element, schema, &findings) }
      }
    case .object(let members):
      for member in members.sorted(by: { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }) {
        let schemas = keywords.schemas(ofProperty: member.name)
        for schema in schemas { check(member.value, schema, &findings) }
        if schemas.isEmpty, let schema = keywords.additionalProperties { check(member.value, schema, &findings) }
      }
    default: break
    }
  }

  private func apply(_ check: SchemaCheck, of keywords: SchemaKeywords, to value: JSON, _ findings: inout [String]) {
    switch (check, value) {
    case (.type(let types), _): if let finding = value.finding(types) { findings.append(finding) }
    case (.enum(let values, let compared), _):
      if !compared.contains(ComparedJSON(value)) {
        findings.append("instance value (\(value)) not found in enum (possible values: \(values))")
      }
    case (.allOf(let schemas), _):
      let count = matches(value, schemas)
      if count < schemas.count {
        findings.append("instance failed to match all required schemas (matched only \(count) out of \(schemas.count))")
      }
    case (.anyOf(let schemas), _):
      if matches(value, schemas) == 0 {
        findings.append("instance failed to match at least one required schema among \(schemas.count)")
      }
    case (.oneOf(let schemas), _):
      let count = matches(value, schemas)
      if count != 1 {
        findings.append("instance failed to match exactly one schema (matched \(count) out of \(schemas.count))")
      }
    case (.not(let schema), _):
      if matches(value, [schema]) == 1 { findings.append("instance matched a schema which it should not have") }
    case (.dependencies(let dependencies), .object(let members)):
      for dependency in dependencies { apply(dependency, to: value, members, &findings) }
    case (.additionalProperties, .object(let members)):
      let names = members.map(\.name).filter { keywords.schemas(ofProperty: $0).isEmpty }
      if !names.isEmpty {
        findings.append(
          "object instance has properties which are not allowed by the schema: \(names.sortedByUTF16().asJSON)")
      }
    case (_, .object(let members)): if let finding = check.finding(members) { findings.append(finding) }
    case (_, .array(let elements)): if let finding = check.finding(elements) { findings.append(finding) }
    case (_, .string(let text)): if let finding = check.finding(text) { findings.append(finding) }
    case (_, .number(let text)): if let finding = check.finding(number: text) { findings.append(finding) }
    case (_, .null), (_, .boolean): break
    }
  }

  /// The number of these schemas that a value matches.
  private func matches(_ value: JSON, _ schemas: [Schema]) -> Int {
    schemas.count { schema in
      var findings: [String] = []
      check(value, schema, &findings)
      return findings.isEmpty
    }
  }

  private func apply(
    _ dependency: SchemaCheck.Dependency, to value: JSON, _ members: [JSON.Member], _ findings: inout [String]
  ) {
    switch dependency {
    case .schema(let name, let schema): if members.has(name) { check(value, schema, &findings) }
    case .properties(let name, let required):
      let missing = required.filter { !members.has($0) }
      guard members.has(name), !missing.isEmpty else { return }
      findings.append(
        "property \"\(name)\" of object has missing property dependencies "
          + "(schema requires \(required.asJSON); missing: \(missing.asJSON))")
    }
  }
}
