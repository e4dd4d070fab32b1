internal import Platform

extension DeploymentReader {
  /// Checks a resource that is a part of an API. It is read with its API, if that is in the template.
  func checkPart(_ resource: Stack.Resource) throws {
    if resource.type.hasSuffix("::Authorizer") {
      return stack.warn(at: resource.node, "not enforced; every request is accepted")
    }
    let outside = "\(resource.type) is ignored, because its API is not in this template"
    do {
      guard let id = try stack.properties(of: resource).idOfAPI?.text() else {
        return stack.warn(at: resource.node, "\(outside): it has no RestApiId or ApiId")
      }
      if !hasAPI(id) { stack.warn(at: resource.node, "\(outside): there is no API \(id.quoted)") }
    } catch let error as TemplateFileError {
      stack.warn(at: resource.node, "\(outside): \(error.reason)")
    }
  }

  private func hasAPI(_ id: String) -> Bool {
    let written = stack.resources.filter { APIParts.owners.contains($0.type) }.map(\.logicalID)
    let added = [ImplicitAPI.rest, .http].map(\.logicalID)
    return (written + added).contains { APIDefinition.id($0) == id }
  }
}
