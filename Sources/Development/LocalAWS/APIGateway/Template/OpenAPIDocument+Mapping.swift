internal import Platform
internal import VelocityTemplate

extension OpenAPIDocument {
  /// The templates, parameters and responses of an `aws` or `mock` integration.
  func mapped(_ value: TemplateValue, _ operation: Operation) throws(TemplateFileError) -> MappedIntegration {
    var integration = MappedIntegration()
    for (type, template) in try templates(value["requestTemplates"]) { integration.requestTemplates[type] = template }
    if let behavior = try value["passthroughBehavior"] {
      integration.passthroughBehavior = try behavior.choice(MappedIntegration.PassthroughBehavior.self) {
        $0.lowercased()
      }
    }
    integration.requestParameters = try requestParameters(value, operation)
    integration.contentHandling = try contentHandling(value)
    integration.timeout = try timeout(value)
    integration.methodResponses = Set(operation.responses.keys)
    var fallback: [IntegrationResponse] = []
    for (pattern, written) in try value["responses"]?.members() ?? [] {
      let response = try self.response(pattern, written, operation)
      if response.pattern == nil { fallback = [response] } else { integration.responses.append(response) }
    }
    integration.responses += fallback
    return integration
  }

  private func response(
    _ pattern: String, _ value: TemplateValue, _ operation: Operation
  ) throws(TemplateFileError) -> IntegrationResponse {
    guard let status = try value["statusCode"] else { throw value.error("has no statusCode; write the caller's") }
    let code = try status.integer(ClientResponse.statuses)
    guard let headers = operation.responses[code] else {
      throw status.error("\(code) is none of the method's responses, so API Gateway refuses it; add it to responses")
    }
    var parameters: [(destination: String, source: String)] = []
    for (destination, source) in try value["responseParameters"]?.members() ?? [] {
      let prefix = "method.response.header."
      guard destination.hasPrefix(prefix), headers.contains(destination.dropFirst(prefix.count).lowercased()) else {
        throw source.error(
          "\(destination) is no header of the method's response \(code), so API Gateway refuses it; "
            + "add it to responses.\(code).headers")
      }
      parameters.append((destination, try source.text()))
    }
    let (templates, handling) = (try templates(value["responseTemplates"]), try contentHandling(value))
    do {
      return try IntegrationResponse(
        pattern: pattern == "default" ? nil : pattern, status: code, parameters: parameters, templates: templates,
        contentHandling: handling)
    } catch {
      throw value.error(error.description)
    }
  }

  private func requestParameters(
    _ value: TemplateValue, _ operation: Operation
  ) throws(TemplateFileError) -> [RequestParameter] {
    let declared = Set(operation.parameters.compactMap(\.name))
    var parameters: [RequestParameter] = []
    for (destination, written) in try value["requestParameters"]?.members() ?? [] {
      let source = try written.text()
      let name = source.replacing(".multivalue", with: ".")
      let isParameter = ["header", "path", "querystring"].contains { name.hasPrefix("method.request.\($0).") }
      guard !isParameter || declared.contains(name) else {
        throw written.error(
          "\(source) is none of the method's parameters, so API Gateway refuses it; add it to parameters")
      }
      do {
        parameters.append(try RequestParameter(destination: destination, source: source))
      } catch {
        throw written.error(error.description)
      }
    }
    return parameters
  }

  private func contentHandling(_ value: TemplateValue) throws(TemplateFileError) -> MappedIntegration.ContentHandling? {
    try value["contentHandling"]?.choice(MappedIntegration.ContentHandling.self) { $0.uppercased() }
  }

  /// The templates by content type, in their order; one that is null is none.
  private func templates(
    _ value: TemplateValue?
  ) throws(TemplateFileError) -> [(contentType: String, template: MappingTemplate)] {
    var templates: [(contentType: String, template: MappingTemplate)] = []
    for (type, template) in try value?.members() ?? [] where !template.isNull {
      templates.append((type, try parsed(template)))
    }
    return templates
  }

  private func parsed(_ value: TemplateValue) throws(TemplateFileError) -> MappingTemplate {
    let source = try value.text()
    do {
      return try MappingTemplate(source)
    } catch {
      // A block's text starts below its key; any other text may be folded, but mostly is one line.
      var line = value.node.line + error.position.line - 1
      if case .scalar(_, .block) = value.node.content { line += 1 }
      throw TemplateFileError(
        file: stack.file, line: line, path: value.node.path,
        reason: "\(error.reason) (\(error.position) of the template)")
    }
  }
}
