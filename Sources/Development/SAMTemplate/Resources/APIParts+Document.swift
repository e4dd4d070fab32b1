extension APIParts {
  /// An OpenAPI document with the API's parts.
  ///
  /// - Parameters:
  ///   - properties: the properties of the API itself.
  ///   - written: the document in the template, to which the parts are added.
  /// - Returns: nil for an API with neither a document nor parts.
  func document(
    _ kind: APIKind, _ properties: TemplateValue, addedTo written: TemplateValue?
  ) throws -> TemplateValue? {
    var paths = try PathItems(written)
    var sections: [(key: String, entries: [TemplateNode.Entry])] = []
    switch kind {
    case .rest:
      try addMethods(to: &paths)
      sections = [
        ("definitions", try models()), ("x-amazon-apigateway-request-validators", validators()),
        ("x-amazon-apigateway-gateway-responses", try gatewayResponses()),
      ]
    case .http:
      try addRoutes(to: &paths)
      try stack.read(orWarn: "the route to its Target is left out") {
        try addQuickCreatedRoute(properties, to: &paths)
      }
    case .functionURL: break
    }
    sections.removeAll { $0.entries.isEmpty }
    guard paths.isExtended || !sections.isEmpty else { return written }
    var root = written?.node ?? properties.node.with(.mapping([]))
    root = root.setting("paths", paths.node(at: root))
    for (key, entries) in sections {
      let section = try written?[key]?.node ?? root.with(.mapping([]))
      root = root.setting(key, section.with(.mapping(section.entries + entries)))
    }
    return try TemplateValue(root, in: stack)
  }
}

/// The paths of an OpenAPI document under construction, each with its operations.
struct PathItems {
  private var items: [(path: String, node: TemplateNode)] = []
  /// Whether an operation was added.
  private(set) var isExtended = false

  /// The paths that a document already has.
  init(_ document: TemplateValue?) throws {
    items = try (document?["paths"]?.entries() ?? []).map { ($0.key, $0.value) }
  }

  /// Adds an operation.
  ///
  /// - Parameters:
  ///   - method: a key of a path item, such as `post`.
  ///   - place: the value to name if the path has the method already.
  mutating func add(_ operation: TemplateNode, _ method: String, _ path: String, at place: TemplateValue) throws {
    isExtended = true
    let entry = TemplateNode.Entry(key: method, line: operation.line, value: operation)
    guard let index = items.firstIndex(where: { $0.path == path }) else {
      items.append((path, operation.with(.mapping([entry]))))
      return
    }
    let item = try place.stack.evaluate(items[index].node) ?? operation.with(.mapping([]))
    guard !item.entries.contains(where: { $0.key.lowercased() == method }) else {
      throw place.error("\(path) already has this method; remove one of the two")
    }
    items[index].node = item.with(.mapping(item.entries + [entry]))
  }

  /// The document's `paths`.
  func node(at place: TemplateNode) -> TemplateNode {
    place.with(.mapping(items.map { TemplateNode.Entry(key: $0.path, line: $0.node.line, value: $0.node) }))
  }
}
