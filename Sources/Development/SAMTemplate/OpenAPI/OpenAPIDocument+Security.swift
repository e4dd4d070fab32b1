internal import Platform

extension OpenAPIDocument {
  /// Records on a route what callers need, as the operation says, or else its API's `Auth`.
  func authorize(_ route: inout RouteDefinition, _ operation: Operation, _ auth: APIAuth) throws {
    let type = try operation.value["x-amazon-apigateway-auth"]?["type"]
    if let type { route.requiresIAM = try type.text().uppercased() == "AWS_IAM" }
    var security = try operation.value["security"]
    if security == nil { security = try root?["security"] }
    guard let security else {
      if type == nil { auth.apply(to: &route) }
      return
    }
    // SAM accepts a single requirement without the list.
    let requirements = security.node.elements == nil ? [security] : try security.elements()
    for requirement in requirements {
      for (name, value) in try requirement.members() { try require(name, at: value, of: &route) }
    }
  }

  private func require(_ name: String, at value: TemplateValue, of route: inout RouteDefinition) throws {
    var schemes = try root?["components"]?["securitySchemes"]
    if schemes == nil { schemes = try root?["securityDefinitions"] }
    guard let scheme = try schemes?[name] else {
      switch name {
      // SAM adds schemes with these names.
      case "AWS_IAM": route.requiresIAM = true
      case "api_key": route.requiresAPIKey = true
      case "NONE": break
      // It may be one of `Auth.Authorizers`, which isn't enforced either.
      default: value.warn("not enforced; every request is accepted")
      }
      return
    }
    if try scheme["x-amazon-apigateway-authtype"]?.text() == "awsSigv4" {
      route.requiresIAM = true
    } else if try scheme["type"]?.text() == "apiKey", try scheme["name"]?.text().lowercased() == "x-api-key",
      try scheme["x-amazon-apigateway-authorizer"] == nil
    {
      route.requiresAPIKey = true
    } else {
      scheme.warn("not enforced; every request is accepted")
    }
  }
}
