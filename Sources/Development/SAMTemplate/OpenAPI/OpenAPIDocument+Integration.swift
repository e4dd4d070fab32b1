internal import Platform

extension OpenAPIDocument {
  /// The integration of an operation; without one, an unsupported one, because an event may still add its own.
  func integration(of operation: Operation) throws -> IntegrationDefinition {
    guard let written = try operation.value["x-amazon-apigateway-integration"] else {
      return .unsupported(Self.noIntegration)
    }
    let value = try dereferenced(written)
    guard let type = try value["type"] else { throw value.error("has no type; write aws_proxy, aws or mock") }
    value.warn(ofKeysBeyond: Self.integrationKeys)
    switch (try type.text().lowercased(), kind) {
    case ("aws_proxy", _): return try proxy(value)
    case ("aws", .rest): return try service(value, operation)
    case ("mock", .rest): return .mock(try mapped(value, operation))
    case ("http", _), ("http_proxy", _), ("aws", _), ("mock", _):
      let product = kind == .rest ? "" : " of an HTTP API"
      return unsupported("an integration of type \(try type.text())\(product)", at: type)
    default: throw type.error("\(try type.text().quoted) is not an integration type; write aws_proxy, aws or mock")
    }
  }

  /// What the integration of a method without one is called.
  static let noIntegration = "a method without an integration"

  private func proxy(_ value: TemplateValue) throws -> IntegrationDefinition {
    if let subtype = try value["integrationSubtype"] {
      return unsupported("the integration subtype \(try subtype.text())", at: subtype)
    }
    guard let uri = try value["uri"] else { throw value.error("has no uri; write the function's invocation URI") }
    let text = try resolvingStageVariables(in: uri)
    if kind == .rest, text.hasPrefix("arn:"), !text.contains(":path/"), !text.contains(":action/") {
      throw uri.error(
        "\(text.quoted) must contain path or action, or API Gateway rejects it; "
          + "write arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/ARN/invocations")
    }
    guard case .function(let name) = IntegrationURI(text) else {
      return unsupported("an aws_proxy integration whose uri is not a function's: \(text.quoted)", at: uri)
    }
    guard let function = functions.logicalID(name) else {
      return unsupported("the function \(name), which is not in this template", at: uri)
    }
    if kind == .rest, try value["httpMethod"] == nil {
      value.warn("names no HTTP method, so API Gateway rejects it; write POST")
    }
    if kind == .rest, let method = try value["httpMethod"], try method.text() != "POST" {
      return unsupported(
        "an aws_proxy integration with httpMethod \(try method.text()), where Lambda accepts only POST", at: method)
    }
    if kind == .rest, let (header, mapping) = try unmappableHeader(value) {
      return unsupported(
        "an aws_proxy integration that maps the header \(header), to which API Gateway responds with 500", at: mapping)
    }
    if kind == .http {
      for key in ["requestParameters", "responseParameters"] { try value[key]?.warn("not emulated") }
    }
    // The default format is 1.0, the only one of REST APIs.
    let format = try value["payloadFormatVersion"]?.choice(PayloadFormatVersion.self)
    return functions.integration(
      function: function, payloadFormat: kind == .http ? format ?? .v1 : .v1, timeout: try timeout(value))
  }

  /// The first header that `requestParameters` maps although API Gateway can't.
  private func unmappableHeader(_ value: TemplateValue) throws -> (name: String, mapping: TemplateValue)? {
    for (destination, mapping) in try value.mapping("requestParameters")?.members() ?? [] {
      let name = destination.replacing("integration.request.header.", with: "")
      if name != destination, IntegrationDefinition.unmappableHeaders.contains(name.lowercased()) {
        return (name, mapping)
      }
    }
    return nil
  }

  private func service(_ value: TemplateValue, _ operation: Operation) throws -> IntegrationDefinition {
    guard let uri = try value["uri"] else {
      throw value.error("has no uri; write arn:aws:apigateway:REGION:batch:path/v1/submitjob")
    }
    guard let method = try value["httpMethod"] else {
      throw value.error("has no httpMethod; write the one that the service expects, which is POST for Batch")
    }
    let text = try resolvingStageVariables(in: uri)
    switch IntegrationURI(text) {
    case .path("batch", let region, let path):
      let action = ServiceAction(
        method: try method.text().uppercased(), service: "batch", region: region, path: path)
      return .service(action, try mapped(value, operation))
    case .action("batch", let action):
      return unsupported(
        "the action \(action): API Gateway would send it to /?Action=\(action), which Batch doesn't support; "
          + "write batch:path/v1/submitjob", at: uri)
    case .path(let service, _, _), .action(let service, _):
      return unsupported("an integration with a service other than batch: \(service)", at: uri)
    case .function:
      return unsupported("a function behind mapping templates instead of aws_proxy", at: uri)
    case nil:
      throw uri.error("\(text.quoted) is not a service URI; write arn:aws:apigateway:REGION:batch:path/v1/submitjob")
    }
  }

  /// A URI with the values of the stage's variables in place of `${stageVariables.NAME}`.
  private func resolvingStageVariables(in uri: TemplateValue) throws -> String {
    var text = try uri.text()
    while let reference = text.firstMatch(of: /\$\{stageVariables\.(\w+)\}/) {
      let name = String(reference.1)
      guard let value = stageVariables[name] else {
        throw uri.limitation("the stage has no variable \(name.quoted); add it to the stage's variables")
      }
      text.replaceSubrange(reference.range, with: value.replacing("${", with: ""))
    }
    return text
  }

  /// An integration that isn't emulated. Its requests get a configuration error that says so.
  private func unsupported(_ what: String, at value: TemplateValue) -> IntegrationDefinition {
    value.warn("not emulated: \(what)")
    return .unsupported(what)
  }

  /// `timeoutInMillis`. A REST API's limit of 29 s can be raised, an HTTP API's of 30 s can't.
  func timeout(_ value: TemplateValue) throws -> Duration {
    let standard = kind == .rest ? 29_000 : 30_000
    let limit = kind == .rest ? 300_000 : standard
    return .milliseconds(try value["timeoutInMillis"]?.integer(50...limit) ?? standard)
  }

  /// The keys that are read, and those that make no difference locally.
  private static let integrationKeys: Set = [
    "$ref", "cacheKeyParameters", "cacheNamespace", "connectionId", "connectionType", "contentHandling", "credentials",
    "description", "httpMethod", "integrationSubtype", "passthroughBehavior", "payloadFormatVersion",
    "requestParameters", "requestTemplates", "responseParameters", "responses", "timeoutInMillis", "tlsConfig", "type",
    "uri",
  ]
}
