internal import JSONTree
internal import Platform

extension OpenAPIDocument {
  /// The object that a value's `$ref` points to in the document, or the value itself.
  func dereferenced(_ value: TemplateValue) throws -> TemplateValue {
    var value = value
    var seen: Set<String> = []
    while case .mapping = value.node.content, let reference = try value["$ref"] {
      let pointer = try reference.text()
      guard seen.insert(pointer).inserted else { throw reference.error("refers to itself; break the cycle") }
      guard pointer.hasPrefix("#/"), var target = root else {
        throw reference.limitation("\(pointer.quoted) does not point into this document; write out what it refers to")
      }
      for part in pointer.dropFirst(2).split(separator: "/") {
        guard case .mapping = target.node.content, let next = try target[part.pointerUnescaped] else {
          throw reference.error("there is no \(pointer) in the document; add it, or fix the name")
        }
        target = next
      }
      value = target
    }
    return value
  }

  /// The schema, which API Gateway calls a model, of this name.
  func schema(named name: String) throws -> TemplateValue? {
    if let schema = try root?["components"]?["schemas"]?[name] { return schema }
    if let schema = try root?["definitions"]?[name] { return schema }
    return try models.flatMap { try TemplateValue($0, in: stack) }?[name]
  }

  /// A model, including the schemas of this document that it refers to.
  func model(_ value: TemplateValue) throws -> ModelDefinition {
    var reader = SchemaReader(self)
    return try reader.read(value)
  }
}
