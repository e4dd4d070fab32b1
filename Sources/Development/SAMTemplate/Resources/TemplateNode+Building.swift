extension TemplateNode {
  /// A mapping at the same place, with those of these values that exist.
  func mapping(_ members: [(key: String, value: TemplateNode?)]) -> TemplateNode {
    with(
      .mapping(
        members.compactMap { key, value in value.map { Entry(key: key, line: $0.line, value: $0) } }))
  }

  /// This mapping with another value for a key.
  func setting(_ key: String, _ value: TemplateNode) -> TemplateNode {
    with(.mapping(entries.filter { $0.key != key } + [Entry(key: key, line: value.line, value: value)]))
  }

  /// This mapping with CloudFormation's keys, such as `RequestTemplates`, as OpenAPI's extensions write them.
  ///
  /// - Parameters:
  ///   - names: the keys that differ in more than the case of their first letter.
  ///   - omitted: the keys to leave out.
  func withOpenAPIKeys(_ names: [String: String] = [:], omitting omitted: Set<String> = []) -> TemplateNode {
    let kept = entries.filter { !omitted.contains($0.key) }
    return with(
      .mapping(
        kept.map { entry in
          let key = names[entry.key] ?? entry.key.prefix(1).lowercased() + entry.key.dropFirst()
          return Entry(key: key, line: entry.line, value: entry.value)
        }))
  }
}
