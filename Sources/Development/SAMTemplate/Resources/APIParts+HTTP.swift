internal import Platform

extension APIParts {
  /// Adds the routes of an HTTP API, each with its integration.
  func addRoutes(to items: inout PathItems) throws {
    let integrations = parts("AWS::ApiGatewayV2::Integration").reduce(into: [:]) { integrations, part in
      integrations["integrations/\(part.id)"] = part.properties.node.withOpenAPIKeys(
        Self.integrationNames, omitting: ["ApiId"])
    }
    for part in parts("AWS::ApiGatewayV2::Route") {
      try stack.read(orWarn: Self.absence(of: part.resource)) { try addRoute(part, integrations, to: &items) }
    }
  }

  private func addRoute(
    _ part: Part, _ integrations: [String: TemplateNode], to items: inout PathItems
  ) throws {
    let properties = part.properties
    properties.warn(ofKeysBeyond: Self.routeKeys)
    guard let key = try properties["RouteKey"] else {
      throw properties.error("has no RouteKey; write one such as POST /jobs, or $default")
    }
    let (method, path) = try key.routeKey()
    let hasTarget = properties.node["Target"] != nil
    let operation = properties.node.mapping([
      ("x-amazon-apigateway-auth", try authorization(properties)),
      ("security", try security(properties)),
      (
        "x-amazon-apigateway-integration",
        hasTarget ? try target("Target", of: part, in: integrations, "an integration") : nil
      ),
    ])
    try items.add(operation, method, path, at: key)
  }

  /// Adds the route of a quick-created API: `Target`, a function or a URL, for `RouteKey`, by default `$default`.
  func addQuickCreatedRoute(_ properties: TemplateValue, to items: inout PathItems) throws {
    guard let target = try properties["Target"] else { return }
    let node = target.node
    let (method, path) = try properties["RouteKey"]?.routeKey() ?? (OpenAPIDocument.anyMethod, "/$default")
    let isFunction = try target.text().hasPrefix("arn:")
    let integration = node.mapping([
      ("type", node.with(text: isFunction ? "aws_proxy" : "http_proxy")), ("uri", node),
      ("payloadFormatVersion", node.with(text: PayloadFormatVersion.v2.rawValue)),
    ])
    try items.add(node.mapping([("x-amazon-apigateway-integration", integration)]), method, path, at: target)
  }

  private static let integrationNames = [
    "CredentialsArn": "credentials", "IntegrationMethod": "httpMethod", "IntegrationType": "type",
    "IntegrationUri": "uri",
  ]

  /// The keys that are read, and those that make no difference locally.
  private static let routeKeys: Set = [
    "ApiId", "ApiKeyRequired", "AuthorizationScopes", "AuthorizationType", "AuthorizerId", "OperationName", "RouteKey",
    "Target",
  ]
}

extension TemplateValue {
  /// The key and path of an OpenAPI document for a route key such as `POST /jobs`, `ANY /jobs` or `$default`.
  fileprivate func routeKey() throws -> (method: String, path: String) {
    let text = try text()
    if text == "$default" { return (OpenAPIDocument.anyMethod, "/$default") }
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 2, words[1].hasPrefix("/"),
      let method = try TemplateValue(node.with(text: words[0]), in: stack)
    else { throw error("\(text.quoted) is not a route key; write METHOD /PATH, or $default") }
    return (try method.httpMethod()?.lowercased() ?? OpenAPIDocument.anyMethod, words[1])
  }
}
