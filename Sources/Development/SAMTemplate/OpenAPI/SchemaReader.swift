internal import JSONTree
internal import Platform

/// Makes a self-contained copy of a schema: the schemas that it refers to are copied to its `definitions`.
struct SchemaReader {
  private let document: OpenAPIDocument
  /// The names of the schemas to copy, each once, because a schema may refer to itself.
  private var names: [String] = []
  /// The `definitions` of the schema itself.
  private var local: TemplateValue?
  /// The template's values, keyed by JSON pointer into the copy.
  private var places: [String: TemplateValue] = [:]

  init(_ document: OpenAPIDocument) { self.document = document }

  /// Copies a schema.
  mutating func read(_ value: TemplateValue) throws -> ModelDefinition {
    let root = try target(of: value)
    guard case .mapping = root.node.content else { throw root.error("is \(root.node.kind); write a schema") }
    local = try root["definitions"]
    var members: [JSON.Member] = []
    for (key, member) in try root.members() where key != "definitions" {
      members.append(JSON.Member(name: key, value: try json(member, at: "#/\(key.pointerEscaped)")))
    }
    var definitions: [JSON.Member] = []
    // Reading a definition may add names.
    while definitions.count < names.count {
      let name = names[definitions.count]
      guard let definition = try definition(name) else { break }
      definitions.append(JSON.Member(name: name, value: try json(definition, at: Self.pointer(name))))
    }
    if !definitions.isEmpty { members.append(JSON.Member(name: "definitions", value: .object(definitions))) }
    return ModelDefinition(schema: .object(members), place: value.place, places: places.mapValues(\.place))
  }

  private static func pointer(_ name: String) -> String { "#/definitions/\(name.pointerEscaped)" }

  private func definition(_ name: String) throws -> TemplateValue? {
    if let schema = try document.schema(named: name) { return schema }
    return try local?[name]
  }

  /// The schema at the end of a chain of `$ref`s, so that the copy's root isn't itself a `$ref`.
  private func target(of value: TemplateValue) throws -> TemplateValue {
    var value = value
    var seen: Set<String> = []
    while let (reference, name) = try reference(value) {
      guard seen.insert(name).inserted else { throw reference.error("refers to itself; break the cycle") }
      guard let target = try definition(name) else { throw missing(name, at: reference) }
      value = target
    }
    return value
  }

  private mutating func json(_ value: TemplateValue, at pointer: String) throws -> JSON {
    places[pointer] = value
    if let scalar = value.scalarJSON { return scalar }
    if value.node.elements != nil {
      var elements: [JSON] = []
      for (index, element) in try value.elements().enumerated() {
        elements.append(try json(element, at: "\(pointer)/\(index)"))
      }
      return .array(elements)
    }
    if let (reference, name) = try reference(value) {
      guard try definition(name) != nil else { throw missing(name, at: reference) }
      if !names.contains(name) { names.append(name) }
      return .object([JSON.Member(name: "$ref", value: .string(Self.pointer(name)))])
    }
    var members: [JSON.Member] = []
    for (key, member) in try value.members() {
      members.append(JSON.Member(name: key, value: try json(member, at: "\(pointer)/\(key.pointerEscaped)")))
    }
    return .object(members)
  }

  /// The `$ref` of a schema and the name that it refers to; nil without a `$ref`.
  private func reference(_ value: TemplateValue) throws -> (TemplateValue, name: String)? {
    guard case .mapping = value.node.content, let reference = try value["$ref"], let text = reference.node.text else {
      return nil
    }
    for prefix in ["#/components/schemas/", "#/definitions/"] where text.hasPrefix(prefix) {
      return (reference, text.dropFirst(prefix.count).pointerUnescaped)
    }
    // The form in which API Gateway's models refer to each other.
    if text.hasPrefix("https://apigateway.amazonaws.com/restapis/"), let name = text.split(separator: "/").last {
      return (reference, String(name))
    }
    throw reference.error("\(text.quoted) does not refer to a schema of this document; write #/components/schemas/NAME")
  }

  private func missing(_ name: String, at reference: TemplateValue) -> TemplateFileError {
    reference.error("the schema \(name.quoted) is missing; add it, or fix the name")
  }
}
