extension APIParts {
  /// Adds the methods of a REST API.
  func addMethods(to items: inout PathItems) throws {
    let paths = try resourcePaths()
    for part in parts("AWS::ApiGateway::Method") {
      try stack.read(orWarn: Self.absence(of: part.resource)) {
        let properties = part.properties
        guard let path = try target("ResourceId", of: part, in: paths, "a resource") else { return }
        guard let method = try properties["HttpMethod"] else {
          throw properties.error("has no HttpMethod; write one such as POST, or ANY")
        }
        let key = try method.httpMethod()?.lowercased() ?? OpenAPIDocument.anyMethod
        try items.add(operation(of: part), key, path.isEmpty ? "/" : path, at: method)
      }
    }
  }

  /// The path of each resource, by its id, and that of the root, which is empty.
  private func resourcePaths() throws -> [String: String] {
    var paths = [Self.rootID(of: api): ""]
    var pending = parts("AWS::ApiGateway::Resource")
    // A child may precede its parent.
    var count = 0
    while pending.count != count {
      count = pending.count
      pending = try pending.filter { part in
        guard let parent = try? part.properties["ParentId"]?.text(), let path = paths[parent] else { return true }
        try stack.read(orWarn: Self.absence(of: part.resource)) {
          guard let name = try part.properties["PathPart"] else {
            throw part.properties.error("has no PathPart; write the last segment of its path")
          }
          guard try !name.text().contains("/") else {
            throw name.error("has a slash, which API Gateway rejects; write one segment, and a resource for each other")
          }
          paths[part.id] = "\(path)/\(try name.text())"
        }
        return false
      }
    }
    for part in pending {
      // This warns, because the parent is neither the root nor a resource whose path is known.
      _ = try target("ParentId", of: part, in: paths, "a resource")
    }
    return paths
  }
}
