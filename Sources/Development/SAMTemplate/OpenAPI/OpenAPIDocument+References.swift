internal import JSONTree
internal import Platform

extension OpenAPIDocument {
  /// The object that a `$ref` to another place of the document leads to, or the value itself.
  func dereferenced(_ value: TemplateValue) throws -> TemplateValue {
    var value = value
    var seen: Set<String> = []
    while case .mapping = value.node.content, let reference = try value["$ref"] {
      let pointer = try reference.text()
      guard seen.insert(pointer).inserted else { throw reference.error("refers to itself; break the circle") }
      guard pointer.hasPrefix("#/"), var target = root else {
        throw reference.error("\(pointer.quoted) is no place in this document; write what it refers to in its place")
      }
      for part in pointer.dropFirst(2).split(separator: "/") {
        guard case .mapping = target.node.content, let next = try target[part.pointerUnescaped] else {
          throw reference.error("there is no \(pointer) in the document; add it, or mend the name")
        }
        target = next
      }
      value = target
    }
    return value
  }

  /// The schema of this name: a model, as API Gateway calls it.
  func schema(named name: String) throws -> TemplateValue? {
    if let schema = try root?["components"]?["schemas"]?[name] { return schema }
    if let schema = try root?["definitions"]?[name] { return schema }
    return try models?[name]
  }

  /// A model, with the schemas of this document that it refers to.
  func model(_ value: TemplateValue) throws -> ModelDefinition {
    var reader = SchemaReader(self)
    return try reader.read(value)
  }
}
