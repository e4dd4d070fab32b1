/// What AWS accepts and can't be done here. It must not stop what doesn't need it.
extension Stack {
  /// An error about a value that AWS accepts, and that is not supported here.
  func limitation(at node: TemplateNode, _ reason: String) -> TemplateFileError {
    TemplateFileError(file: node.file, line: node.line, path: node.path, reason: reason, isLimitation: true)
  }

  /// Reads a part of the template. A limitation in it becomes a warning.
  ///
  /// - Parameter consequence: what is missing because of it, as in `Resources.Api sends no CORS headers`.
  /// - Returns: nil after a limitation.
  func read<Value>(orWarn consequence: String, _ read: () throws -> Value?) throws -> Value? {
    do {
      return try read()
    } catch let error as TemplateFileError where error.isLimitation {
      warn(error, consequence)
      return nil
    }
  }

  /// Reads a part of the template into what the closure changes. A limitation in it becomes a warning.
  func read(orWarn consequence: String, _ read: () throws -> Void) throws {
    _ = try self.read(orWarn: consequence) { () throws -> Bool? in
      try read()
      return true
    }
  }

  /// Whether a resource is deployed. One whose condition can't be evaluated here is taken to be.
  func isDeployed(_ resource: Resource) throws -> Bool {
    try read(orWarn: "Resources.\(resource.logicalID) is taken to be deployed") { try exists(resource) } ?? true
  }

  /// The macros that change the whole template, and aren't run here.
  var unknownTransforms: [TemplateNode] {
    let known: Set = ["AWS::Serverless-2016-10-31", "AWS::LanguageExtensions"]
    guard let transform = root["Transform"] else { return [] }
    return (transform.elements ?? [transform]).filter { !known.contains($0.text ?? "") }
  }
}
