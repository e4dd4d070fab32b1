internal import Platform

extension APIParts {
  /// A method of a REST API as an OpenAPI operation.
  func operation(of part: Part) throws -> TemplateNode {
    let properties = part.properties
    let node = properties.node
    properties.warn(ofKeysBeyond: Self.methodKeys)
    return node.mapping([
      ("parameters", try parameters(properties)),
      ("requestBody", try requestBody(properties)),
      ("responses", try responses(properties)),
      ("x-amazon-apigateway-auth", try authorization(properties)),
      ("security", try security(properties)),
      ("x-amazon-apigateway-request-validator", node["RequestValidatorId"]),
      ("x-amazon-apigateway-integration", try integration(properties)),
    ])
  }

  /// `AuthorizationType` as `x-amazon-apigateway-auth`, so that the API's defaults don't apply.
  func authorization(_ properties: TemplateValue) throws -> TemplateNode {
    let type = try properties["AuthorizationType"]
    if let type, try !["NONE", "AWS_IAM"].contains(type.text().uppercased()) {
      type.warn("not enforced; every request is accepted")
    }
    return properties.node.mapping([("type", type?.node ?? properties.node.with(text: "NONE"))])
  }

  /// `ApiKeyRequired` as `security`.
  func security(_ properties: TemplateValue) throws -> TemplateNode {
    guard let required = try properties["ApiKeyRequired"], try required.boolean() else {
      return properties.node.with(.sequence([]))
    }
    let none = required.node.with(.sequence([]))
    return required.node.with(.sequence([required.node.mapping([("api_key", none)])]))
  }

  /// `RequestParameters`, whose keys are such as `method.request.path.jobQueue`, as `parameters`.
  private func parameters(_ properties: TemplateValue) throws -> TemplateNode? {
    guard let written = try properties["RequestParameters"] else { return nil }
    let elements = try written.members().map { name, required in
      let parts = name.split(separator: ".", maxSplits: 3).map(String.init)
      let locations = ["header": "header", "path": "path", "querystring": "query"]
      guard parts.count == 4, parts[0] == "method", parts[1] == "request", let location = locations[parts[2]] else {
        throw required.error(
          "\(name.quoted) is not a request parameter; write method.request.header.NAME, "
            + "method.request.querystring.NAME or method.request.path.NAME")
      }
      let node = required.node
      return node.mapping([
        ("name", node.with(text: parts[3])), ("in", node.with(text: location)), ("required", node),
      ])
    }
    return written.node.with(.sequence(elements))
  }

  /// `RequestModels` as `requestBody`.
  private func requestBody(_ properties: TemplateValue) throws -> TemplateNode? {
    guard let models = try properties["RequestModels"] else { return nil }
    let content = try models.members().map { type, model in
      (type, model.node.mapping([("schema", try schema(named: model))]) as TemplateNode?)
    }
    return models.node.mapping([("content", models.node.mapping(content))])
  }

  /// `MethodResponses` as `responses`.
  private func responses(_ properties: TemplateValue) throws -> TemplateNode? {
    guard let written = try properties["MethodResponses"] else { return nil }
    let prefix = "method.response.header."
    let responses = try written.elements().map { response in
      guard let status = try response["StatusCode"] else { throw response.error("has no StatusCode; write it") }
      let headers = try response["ResponseParameters"]?.node.entries.filter { $0.key.hasPrefix(prefix) } ?? []
      let names = headers.map { (String($0.key.dropFirst(prefix.count)), $0.value as TemplateNode?) }
      return (try status.text(), response.node.mapping([("headers", response.node.mapping(names))]) as TemplateNode?)
    }
    return written.node.mapping(responses)
  }

  /// `Integration` as `x-amazon-apigateway-integration`. Only its structure is evaluated.
  private func integration(_ properties: TemplateValue) throws -> TemplateNode? {
    guard let written = try properties["Integration"] else { return nil }
    guard written.node["Type"] != nil else { throw written.error("has no Type; write AWS_PROXY, AWS or MOCK") }
    let node = written.node.withOpenAPIKeys(["IntegrationHttpMethod": "httpMethod"], omitting: ["IntegrationResponses"])
    guard let list = try written["IntegrationResponses"] else { return node }
    let responses = try list.elements().map { response in
      TemplateNode.Entry(
        key: try response["SelectionPattern"]?.text() ?? "default", line: response.node.line,
        value: response.node.withOpenAPIKeys(omitting: ["SelectionPattern"]))
    }
    return node.setting("responses", list.node.with(.mapping(responses)))
  }

  /// The keys that are read, and those that make no difference locally.
  private static let methodKeys: Set = [
    "ApiKeyRequired", "AuthorizationScopes", "AuthorizationType", "AuthorizerId", "HttpMethod", "Integration",
    "MethodResponses", "OperationName", "RequestModels", "RequestParameters", "RequestValidatorId", "ResourceId",
    "RestApiId",
  ]
}
