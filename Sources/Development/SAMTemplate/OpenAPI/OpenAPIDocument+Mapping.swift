internal import Platform

extension OpenAPIDocument {
  /// The mapping templates, parameters and responses of an `aws` or `mock` integration.
  func mapped(_ value: TemplateValue, _ operation: Operation) throws -> MappedIntegrationDefinition {
    var integration = MappedIntegrationDefinition()
    for (type, template) in try templates(value.mapping("requestTemplates")) {
      integration.requestTemplates[type] = template
    }
    if let behavior = try value["passthroughBehavior"] {
      integration.passthroughBehavior = try behavior.choice(MappedIntegrationDefinition.PassthroughBehavior.self) {
        $0.lowercased()
      }
    }
    integration.requestParameters = try requestParameters(value, operation)
    integration.contentHandling = try contentHandling(value)
    integration.timeout = try timeout(value)
    integration.methodResponses = Set(operation.responses.keys)
    var fallback: [IntegrationResponseDefinition] = []
    for (pattern, written) in try value.mapping("responses")?.members() ?? [] {
      let response = try self.response(pattern, written, operation)
      if response.pattern == nil { fallback = [response] } else { integration.responses.append(response) }
    }
    integration.responses += fallback
    return integration
  }

  private func response(
    _ pattern: String, _ value: TemplateValue, _ operation: Operation
  ) throws -> IntegrationResponseDefinition {
    guard let status = try value["statusCode"] else {
      throw value.error("has no statusCode; write the one that the client gets")
    }
    let code = try status.integer(APIDefinition.statuses)
    guard let headers = operation.responses[code] else {
      throw status.error(
        "the method declares no response \(code), so API Gateway rejects this; add it to the method's responses")
    }
    var parameters: [ParameterMapping] = []
    for (destination, source) in try value.mapping("responseParameters")?.members() ?? [] {
      let prefix = "method.response.header."
      guard destination.hasPrefix(prefix), headers.contains(destination.dropFirst(prefix.count).lowercased()) else {
        throw source.error(
          "the method's response \(code) does not declare \(destination), so API Gateway rejects this; "
            + "add the header to that response")
      }
      parameters.append(ParameterMapping(destination: destination, source: try source.text(), place: source.place))
    }
    return IntegrationResponseDefinition(
      // An empty pattern means the default, too.
      pattern: ["default", ""].contains(pattern) ? nil : pattern, status: code, parameters: parameters,
      templates: try templates(value.mapping("responseTemplates")), contentHandling: try contentHandling(value),
      place: value.place)
  }

  private func requestParameters(
    _ value: TemplateValue, _ operation: Operation
  ) throws -> [ParameterMapping] {
    let declared = Set(operation.parameters.compactMap(\.name))
    var parameters: [ParameterMapping] = []
    for (destination, written) in try value.mapping("requestParameters")?.members() ?? [] {
      let source = try written.text()
      let name = source.replacing(".multivalue", with: ".")
      let isParameter = ["header", "path", "querystring"].contains { name.hasPrefix("method.request.\($0).") }
      guard !isParameter || declared.contains(name) else {
        throw written.error(
          "the method declares no parameter \(source), so API Gateway rejects this; add it to the method's parameters")
      }
      parameters.append(ParameterMapping(destination: destination, source: source, place: written.place))
    }
    return parameters
  }

  private func contentHandling(_ value: TemplateValue) throws -> MappedIntegrationDefinition.ContentHandling? {
    try value["contentHandling"]?.choice(MappedIntegrationDefinition.ContentHandling.self) { $0.uppercased() }
  }

  /// The mapping templates by content type, in order. A null template counts as missing.
  private func templates(_ value: TemplateValue?) throws -> [(contentType: String, template: TemplateText)] {
    try (value?.members() ?? []).filter { !$0.value.isNull }.map { ($0.key, try $0.value.located()) }
  }
}
