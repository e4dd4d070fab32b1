internal import Platform

/// The OpenAPI document of an API, version 2 or 3, as API Gateway imports it.
struct OpenAPIDocument {
  /// The document; nil for an API whose routes come from events.
  let root: TemplateValue?
  /// REST or HTTP.
  let kind: APIKind
  /// `Models` of a SAM API.
  let models: TemplateValue?
  /// The functions that integrations may name.
  let functions: Set<String>
  let stack: Stack
  /// The validators that `x-amazon-apigateway-request-validators` defines.
  let validators: [String: RequestValidatorDefinition]

  /// The keys of a path's methods.
  static let methods: Set = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]
  /// The key that matches any method that the path doesn't define.
  static let anyMethod = "x-amazon-apigateway-any-method"

  init(
    _ root: TemplateValue?, kind: APIKind, models: TemplateValue?, functions: Set<String>, stack: Stack
  ) throws {
    self.root = root
    self.kind = kind
    self.models = models
    self.functions = functions
    self.stack = stack
    validators = try Self.validators(root)
  }

  /// The routes, in the document's order.
  ///
  /// - Parameter auth: the defaults for operations without security settings.
  func routes(_ auth: APIAuth) throws -> [RouteDefinition] {
    guard let root else { return [] }
    try warnOfExtensions(root)
    var routes: [RouteDefinition] = []
    for (path, written) in try root["paths"]?.members() ?? [] {
      let item = try dereferenced(written)
      let inherited = try item["parameters"]?.elements() ?? []
      for entry in item.node.entries {
        guard entry.key == Self.anyMethod || Self.methods.contains(entry.key.lowercased()) else {
          if !Self.itemKeys.contains(entry.key), !entry.key.hasPrefix("x-") {
            stack.warn(at: entry, "is not an HTTP method, and is ignored")
          }
          continue
        }
        guard let value = try item[entry.key] else { continue }
        let operation = try Operation(value, inherited: inherited, in: self)
        routes.append(try route(path, method: entry.key, operation, auth))
      }
    }
    return routes
  }

  private func route(
    _ path: String, method: String, _ operation: Operation, _ auth: APIAuth
  ) throws -> RouteDefinition {
    let value = operation.value
    let isDefault = try value["isDefaultRoute"]?.boolean() ?? ["$default", "/$default"].contains(path)
    let integration = try integration(of: operation)
    guard kind == .rest || !isDefault else {
      var route = RouteDefinition(method: nil, path: nil, integration: integration)
      try authorize(&route, operation, auth)
      return route
    }
    var route = RouteDefinition(
      method: method == Self.anyMethod ? nil : method.uppercased(), path: try value.pathTemplate(path),
      integration: integration)
    if kind == .rest { route.validator = try validation(of: operation) }
    try authorize(&route, operation, auth)
    value.warn(ofExtensionsBeyond: Self.operationExtensions)
    return route
  }

  private func warnOfExtensions(_ root: TemplateValue) throws {
    guard try root["paths"] != nil else { throw root.error("has no paths; write them, with the API's routes") }
    root.warn(ofExtensionsBeyond: Self.documentExtensions)
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
