internal import Platform

/// `Cors` of a SAM REST API: the OPTIONS method that SAM adds to every path without one, with a mock integration.
struct PreflightMethod {
  private var headers: [ParameterMapping] = []
  /// Whether `AllowMethods` is given; otherwise, each path has its own list.
  private let namesMethods: Bool
  private let place: TemplatePlace

  /// Reads `Cors`: a mapping, or only the allowed origin. A value is an expression such as `"'*'"`. Nil for an empty one.
  init?(_ cors: TemplateValue) throws {
    guard !cors.isNull, cors.node.text != "" else { return nil }
    place = cors.place
    guard cors.node.text == nil else {
      namesMethods = false
      headers = [try Self.header("Allow-Origin", cors)]
      return
    }
    cors.warn(ofKeysBeyond: ["AllowCredentials", "AllowHeaders", "AllowMethods", "AllowOrigin", "MaxAge"])
    let origin = try cors["AllowOrigin"]
    if let origin {
      headers.append(try Self.header("Allow-Origin", origin))
    } else {
      headers.append(Self.header("Allow-Origin", "'*'", cors.place))
    }
    if let names = try cors["AllowHeaders"] { headers.append(try Self.header("Allow-Headers", names)) }
    let methods = try cors["AllowMethods"]
    if let methods { headers.append(try Self.header("Allow-Methods", methods)) }
    namesMethods = methods != nil
    if let age = try cors["MaxAge"] { headers.append(try Self.header("Max-Age", age)) }
    if let credentials = try cors["AllowCredentials"], try credentials.isTrue() {
      guard let origin, try origin.text() != "'*'" else {
        throw credentials.error("can't be true for any origin; write the origin as AllowOrigin, as in \"'https://…'\"")
      }
      headers.append(Self.header("Allow-Credentials", "'true'", credentials.place))
    }
  }

  /// The method on a path that has these methods; nil stands for ANY.
  func route(on path: PathTemplate, with methods: [String?]) -> RouteDefinition {
    var headers = headers
    if !namesMethods {
      let names =
        methods.contains(nil) ? Self.allMethods : Set(methods.compactMap { $0 } + ["OPTIONS"]).sorted()
      headers.append(Self.header("Allow-Methods", "'\(names.joined(separator: ","))'", place))
    }
    var integration = MappedIntegrationDefinition()
    integration.requestTemplates = ["application/json": TemplateText(text: #"{"statusCode": 200}"#, place: place)]
    integration.methodResponses = [200]
    integration.responses = [
      IntegrationResponseDefinition(
        pattern: nil, status: 200, parameters: headers,
        templates: [("application/json", TemplateText(text: "{}\n", place: place))], contentHandling: nil, place: place)
    ]
    return RouteDefinition(method: "OPTIONS", path: path, integration: .mock(integration))
  }

  private static func header(_ name: String, _ value: TemplateValue) throws -> ParameterMapping {
    var source = try value.text()
    let isExpression = ["'", "context.", "stageVariables."].contains { source.hasPrefix($0) }
    if !isExpression {
      // A number needs no quotes.
      if Int(source) == nil {
        let example = TemplateNode.boolean(source) == nil ? source : "*"
        value.warn("API Gateway rejects this, because the value has no single quotes; write \"'\(example)'\"")
      }
      source = "'\(source)'"
    }
    return header(name, source, value.place)
  }

  private static func header(_ name: String, _ source: String, _ place: TemplatePlace) -> ParameterMapping {
    ParameterMapping(destination: "method.response.header.Access-Control-\(name)", source: source, place: place)
  }

  private static let allMethods = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
}

extension TemplateValue {
  /// Whether this is true. SAM takes anything else for false.
  fileprivate func isTrue() throws -> Bool {
    let value = TemplateNode.boolean(try text())
    if value == nil { warn("is ignored, because it is neither true nor false; write one of them") }
    return value ?? false
  }
}

extension APIReading {
  /// Adds the OPTIONS methods of `Cors`, once all other routes are known.
  mutating func addPreflights() {
    guard let preflight else { return }
    var paths: [PathTemplate] = []
    for case let path? in api.routes.map(\.path) where !paths.contains(path) { paths.append(path) }
    for path in paths {
      let methods = api.routes.filter { $0.path == path }.map(\.method)
      guard !methods.contains("OPTIONS") else { continue }
      var route = preflight.route(on: path, with: methods)
      auth.apply(to: &route)
      api.routes.append(route)
    }
  }
}
