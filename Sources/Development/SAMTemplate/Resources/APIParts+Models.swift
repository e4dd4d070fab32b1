internal import JSONTree
internal import Platform

extension APIParts {
  /// The models of a REST API by name, as schemas.
  func models() throws -> [TemplateNode.Entry] {
    var entries: [TemplateNode.Entry] = []
    for part in parts("AWS::ApiGateway::Model") {
      guard let written = part.properties.node["Schema"] else {
        throw part.properties.error("has no Schema; write it")
      }
      // One that can't be evaluated concerns only the methods that need it.
      let schema = try? part.properties["Schema"]
      let node = schema?.node.text == nil ? schema?.node ?? written : try schema?.parsedJSON() ?? written
      // A method names a model by its name or by `Ref`.
      let name = try stack.read(orWarn: "Resources.\(part.resource.logicalID) is known only by its Ref here") {
        try part.properties["Name"]?.text()
      }
      for name in Set([part.id, name ?? part.id]).sorted() {
        entries.append(TemplateNode.Entry(key: name, line: node.line, value: node))
      }
    }
    return entries
  }

  /// The schema of the model that a method names: a reference, or the whole of one that every API has.
  func schema(named model: TemplateValue) throws -> TemplateNode {
    let name = try model.text()
    let node = model.node
    let isDefined = try models().contains { $0.key == name }
    guard !isDefined, ["Empty", "Error"].contains(name) else {
      return node.mapping([("$ref", node.with(text: "#/definitions/\(name.pointerEscaped)"))])
    }
    let message = node.mapping([("message", node.mapping([("type", node.with(text: "string"))]))])
    return node.mapping([("type", node.with(text: "object")), ("properties", name == "Error" ? message : nil)])
  }

  /// The request validators by id.
  func validators() -> [TemplateNode.Entry] {
    parts("AWS::ApiGateway::RequestValidator").map { part in
      let node = part.properties.node
      return TemplateNode.Entry(
        key: part.id, line: node.line, value: node.withOpenAPIKeys(omitting: ["Name", "RestApiId"]))
    }
  }

  /// The gateway responses by type.
  func gatewayResponses() throws -> [TemplateNode.Entry] {
    var entries: [TemplateNode.Entry] = []
    for part in parts("AWS::ApiGateway::GatewayResponse") {
      try stack.read(orWarn: Self.absence(of: part.resource)) { entries.append(try gatewayResponse(part)) }
    }
    return entries
  }

  private func gatewayResponse(_ part: Part) throws -> TemplateNode.Entry {
    guard let type = try part.properties["ResponseType"] else {
      throw part.properties.error("has no ResponseType; write one such as DEFAULT_4XX")
    }
    let node = part.properties.node
    return TemplateNode.Entry(
      key: try type.text(), line: node.line, value: node.withOpenAPIKeys(omitting: ["ResponseType", "RestApiId"]))
  }
}

extension TemplateValue {
  /// The JSON in this text, with the lines of the template.
  fileprivate func parsedJSON() throws -> TemplateNode {
    let text = try located()
    do {
      return try TemplateNode(yaml: text.text, file: node.file).moved(below: node.path, line: text.place.line)
    } catch let error as TemplateFileError {
      throw text.error(error.reason.replacing("is not valid YAML", with: "is not valid JSON"), line: error.line ?? 1)
    }
  }
}

extension TemplateNode {
  /// This tree below another path; its first line is this one.
  fileprivate func moved(below parent: String, line first: Int) -> TemplateNode {
    let moved: Content =
      switch content {
      case .scalar: content
      case .sequence(let elements): .sequence(elements.map { $0.moved(below: parent, line: first) })
      case .mapping(let entries):
        .mapping(
          entries.map {
            Entry(key: $0.key, line: $0.line + first - 1, value: $0.value.moved(below: parent, line: first))
          })
      }
    let separator = path.isEmpty || path.hasPrefix("[") ? "" : "."
    return TemplateNode(content: moved, file: file, line: line + first - 1, path: parent + separator + path)
  }
}
