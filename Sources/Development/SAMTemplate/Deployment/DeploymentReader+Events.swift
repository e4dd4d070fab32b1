internal import Platform

extension DeploymentReader {
  /// Adds the route of an event to its API.
  mutating func addRoute(of event: FunctionEvent) throws {
    try stack.read(orWarn: "the route is not served") {
      guard let index = try index(ofAPI: event) else { return }
      try add(try route(of: event, in: apis[index]), of: event, to: index)
    }
  }

  private mutating func add(_ route: RouteDefinition, of event: FunctionEvent, to index: Int) throws {
    var route = route
    guard apis[index].takesEvents else {
      // In this case, SAM only permits API Gateway to call the function.
      if !apis[index].api.routes.contains(where: { $0.key == route.key }) {
        event.properties.warn(
          "\(apis[index].api.logicalID) lacks \(route.key), and SAM adds no routes to it; add it there")
      }
      return
    }
    try authorize(&route, by: event, apis[index].auth)
    guard let existing = apis[index].api.routes.firstIndex(where: { $0.key == route.key }) else {
      apis[index].api.routes.append(route)
      apis[index].eventRoutes.insert(route.key)
      return
    }
    let isComplete = apis[index].api.routes[existing].placeWithoutIntegration == nil
    // SAM leaves the integrations of an HTTP API's document as they are.
    if event.kind == .http, isComplete, apis[index].document.root != nil { return }
    guard apis[index].eventRoutes.insert(route.key).inserted else {
      throw event.properties.error("\(apis[index].api.logicalID) already has a route \(route.key); change one of them")
    }
    // Where MergeDefinitions finds a method in both places, what SAM generates for the event wins.
    if isComplete {
      event.properties.warn(
        "\(apis[index].api.logicalID)'s OpenAPI document has \(route.key), too; the event's integration replaces its own"
      )
    }
    route.validator = route.validator ?? apis[index].api.routes[existing].validator
    apis[index].api.routes[existing] = route
  }

  /// The index of an event's API: the one that it names, or the one that SAM adds; nil if the template doesn't have it.
  private mutating func index(ofAPI event: FunctionEvent) throws -> Int? {
    let key = event.kind == .rest ? "RestApiId" : "ApiId"
    guard let reference = try event.properties[key] else { return try index(ofImplicit: event.kind) }
    let id = try reference.text()
    if id == APIDefinition.id(event.kind.logicalID) { return try index(ofImplicit: event.kind) }
    // SAM also accepts a plain logical id.
    let index = apis.firstIndex { [$0.api.id, $0.api.logicalID].contains(id) && $0.api.kind == event.kind.kind }
    if index == nil {
      let name = stack.resources.first { APIDefinition.id($0.logicalID) == id }?.logicalID ?? id
      reference.warn("the template has no \(event.kind.kind) \(name.quoted); the route is ignored")
    }
    return index
  }

  private func route(of event: FunctionEvent, in definition: APIReading) throws -> RouteDefinition {
    let properties = event.properties
    let (path, method) = (try properties["Path"], try properties["Method"])
    var format = PayloadFormatVersion.v1
    if event.kind == .http {
      format = try properties["PayloadFormatVersion"]?.choice(PayloadFormatVersion.self) ?? .v2
    }
    let limit = event.kind == .rest ? 29_000 : 30_000
    let timeout = try properties["TimeoutInMillis"]?.integer(50...limit) ?? limit
    properties.warn(ofKeysBeyond: [
      "ApiId", "Auth", "Method", "Path", "PayloadFormatVersion", "RequestModel", "RequestParameters", "RestApiId",
      "RouteSettings", "TimeoutInMillis",
    ])
    let integration: IntegrationDefinition =
      switch event.target {
      case .function(let id):
        functionNames.integration(function: id, payloadFormat: format, timeout: .milliseconds(timeout))
      case .unsupported(let reason): .unsupported(reason)
      }
    if event.kind == .http, path == nil, method == nil {
      return RouteDefinition(method: nil, path: nil, integration: integration)
    }
    guard let path, let method else { throw properties.error("needs both Path and Method; write them") }
    if event.kind == .http, try ["$default", "/$default"].contains(path.text()) {
      return RouteDefinition(method: nil, path: nil, integration: integration)
    }
    var route = RouteDefinition(
      method: try method.httpMethod(), path: try path.pathTemplate(path.text()), integration: integration)
    if event.kind == .rest { route.validator = try definition.document.validation(ofEvent: properties) }
    return route
  }

  private func authorize(
    _ route: inout RouteDefinition, by event: FunctionEvent, _ defaults: APIAuth
  ) throws {
    let auth = try event.properties["Auth"]
    if let authorizer = try auth?["Authorizer"]?.text() {
      route.requiresIAM = authorizer == "AWS_IAM"
      if defaults.requiresAPIKey { route.requiresAPIKey = true }
    } else {
      defaults.apply(to: &route)
    }
    if let required = try auth?["ApiKeyRequired"]?.boolean() { route.requiresAPIKey = required }
  }
}

extension TemplateValue {
  /// A route's method in upper case; nil for any method.
  func httpMethod() throws -> String? {
    let method = try text().uppercased()
    if ["ANY", "*", "X-AMAZON-APIGATEWAY-ANY-METHOD"].contains(method) { return nil }
    guard OpenAPIDocument.methods.contains(method.lowercased()) else {
      throw error("\(method.quoted) is not an HTTP method; write one such as POST, or ANY")
    }
    return method
  }

  /// A route's path.
  func pathTemplate(_ path: String) throws -> PathTemplate {
    guard let template = PathTemplate(path) else {
      throw error("\(path.quoted) is not a valid path; start it with /, and use {name+} only as its last segment")
    }
    return template
  }
}
