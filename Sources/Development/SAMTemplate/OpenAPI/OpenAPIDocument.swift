internal import Platform

/// The OpenAPI document of an API, version 2 or 3, as API Gateway imports it.
struct OpenAPIDocument {
  /// The document; nil for an API whose routes come from events.
  let root: TemplateValue?
  /// REST or HTTP.
  let kind: APIKind
  /// `Models` of a SAM API, unevaluated.
  let models: TemplateNode?
  /// The functions that integrations may name.
  let functions: FunctionNames
  /// The variables of the stage.
  let stageVariables: [String: String]
  let stack: Stack

  /// The keys of a path's methods.
  static let methods: Set = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]
  /// The key that matches any method that the path doesn't define.
  static let anyMethod = "x-amazon-apigateway-any-method"

  init(
    _ root: TemplateValue?, kind: APIKind, models: TemplateNode?, functions: FunctionNames,
    stageVariables: [String: String] = [:], stack: Stack
  ) {
    self.root = root
    self.stageVariables = stageVariables
    self.kind = kind
    self.models = models
    self.functions = functions
    self.stack = stack
  }

  /// The routes, in the document's order.
  ///
  /// A route that can't run here is unsupported, and its requests get a configuration error.
  ///
  /// - Parameters:
  ///   - auth: the defaults for operations without security settings.
  ///   - api: the API's logical id, for messages.
  func routes(_ auth: APIAuth, of api: String) throws -> [RouteDefinition] {
    guard let root else { return [] }
    if try root["paths"] == nil { root.warn("has no paths, so the API has no routes of this document") }
    root.warn(ofExtensionsBeyond: Self.documentExtensions.union(kind == .http ? ["x-amazon-apigateway-cors"] : []))
    var routes: [RouteDefinition] = []
    for entry in try root["paths"]?.entries() ?? [] {
      try stack.read(orWarn: "Resources.\(api) is served without the path \(entry.key)") {
        guard let written = try TemplateValue(entry.value, in: stack) else { return }
        routes += try self.routes(entry.key, dereferenced(written), auth, of: api)
      }
    }
    return routes
  }

  /// The routes of a path.
  private func routes(
    _ path: String, _ item: TemplateValue, _ auth: APIAuth, of api: String
  ) throws -> [RouteDefinition] {
    let inherited = try item["parameters"]?.elements() ?? []
    var routes: [RouteDefinition] = []
    for entry in item.node.entries {
      guard entry.key == Self.anyMethod || Self.methods.contains(entry.key.lowercased()) else {
        if !Self.itemKeys.contains(entry.key), !entry.key.hasPrefix("x-") {
          stack.warn(at: entry, "is not an HTTP method, and is ignored")
        }
        continue
      }
      do {
        guard let value = try item[entry.key] else { continue }
        let operation = try Operation(value, inherited: inherited, in: self)
        routes.append(try route(path, method: entry.key, operation, auth))
      } catch let error as TemplateFileError where error.isLimitation {
        let route = RouteDefinition(
          method: entry.key == Self.anyMethod ? nil : entry.key.uppercased(), path: try item.pathTemplate(path),
          integration: .unsupported(error.reason))
        stack.warn(error, "requests to \(route.key) of Resources.\(api) get a 500")
        routes.append(route)
      }
    }
    return routes
  }

  private func route(
    _ path: String, method: String, _ operation: Operation, _ auth: APIAuth
  ) throws -> RouteDefinition {
    let value = operation.value
    let place = try value["x-amazon-apigateway-integration"] == nil ? value.place : nil
    let isDefault = try value["isDefaultRoute"]?.boolean() ?? ["$default", "/$default"].contains(path)
    let integration = try integration(of: operation)
    guard kind == .rest || !isDefault else {
      var route = RouteDefinition(method: nil, path: nil, integration: integration)
      route.placeWithoutIntegration = place
      try authorize(&route, operation, auth)
      return route
    }
    var route = RouteDefinition(
      method: method == Self.anyMethod ? nil : method.uppercased(), path: try value.pathTemplate(path),
      integration: integration)
    route.placeWithoutIntegration = place
    if kind == .rest { route.validator = try validation(of: operation) }
    try authorize(&route, operation, auth)
    value.warn(ofExtensionsBeyond: Self.operationExtensions)
    return route
  }

  private static let itemKeys: Set = ["$ref", "description", "parameters", "servers", "summary"]

  private static let operationExtensions: Set = [
    "x-amazon-apigateway-auth", "x-amazon-apigateway-integration", "x-amazon-apigateway-request-validator",
  ]

  private static let documentExtensions: Set = [
    "x-amazon-apigateway-api-key-source", "x-amazon-apigateway-binary-media-types", "x-amazon-apigateway-documentation",
    "x-amazon-apigateway-endpoint-access-mode", "x-amazon-apigateway-endpoint-configuration",
    "x-amazon-apigateway-gateway-responses", "x-amazon-apigateway-importexport-version",
    "x-amazon-apigateway-minimum-compression-size", "x-amazon-apigateway-policy",
    "x-amazon-apigateway-request-validator", "x-amazon-apigateway-request-validators",
    "x-amazon-apigateway-security-policy",
  ]
}

extension TemplateValue {
  /// Warns of API Gateway's extensions that aren't emulated.
  fileprivate func warn(ofExtensionsBeyond known: Set<String>) {
    for entry in node.entries where entry.key.hasPrefix("x-amazon-apigateway-") && !known.contains(entry.key) {
      stack.warn(at: entry, "not emulated")
    }
  }
}
