extension TemplateNode {
  /// This value merged with that of `Globals`, as SAM does it.
  ///
  /// Mappings are merged by key, and lists are joined, global elements first. For anything else, including a call of a
  /// function, the resource's value wins.
  func merged(over globals: TemplateNode) -> TemplateNode {
    if function != nil || globals.function != nil { return self }
    switch (content, globals.content) {
    case (.sequence(let own), .sequence(let global)): return with(.sequence(global + own))
    case (.mapping(let own), .mapping(let global)):
      var entries = global
      for entry in own {
        guard let index = entries.firstIndex(where: { $0.key == entry.key }) else {
          entries.append(entry)
          continue
        }
        entries[index] = Entry(
          key: entry.key, line: entry.line, value: entry.value.merged(over: entries[index].value))
      }
      return with(.mapping(entries))
    default: return self
    }
  }
}

extension Stack {
  /// The properties of a resource, merged with those of `Globals` for its type.
  func properties(of resource: Resource) throws -> TemplateValue {
    let own = resource.node["Properties"] ?? resource.node.with(.mapping([]))
    let globals = Self.globalsSection[resource.type].flatMap { root["Globals"]?[$0] }
    let merged = globals.map { own.merged(over: $0) } ?? own
    guard let properties = try TemplateValue(merged, in: self) else {
      throw error(at: own, "is AWS::NoValue; write a mapping")
    }
    return properties
  }

  /// The properties in `Globals` for an API that SAM adds.
  func properties(of api: ImplicitAPI) throws -> TemplateValue {
    let section = api.kind == .rest ? "Api" : "HttpApi"
    let empty = TemplateNode(content: .mapping([]), file: file, line: root.line, path: "Globals.\(section)")
    guard let properties = try TemplateValue(root["Globals"]?[section] ?? empty, in: self) else {
      throw error(at: empty, "is AWS::NoValue; write a mapping")
    }
    return properties
  }

  private static let globalsSection = [
    "AWS::Serverless::Function": "Function", "AWS::Serverless::Api": "Api", "AWS::Serverless::HttpApi": "HttpApi",
  ]
}
