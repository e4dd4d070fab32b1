internal import SAMTemplate
internal import VelocityTemplate

extension MappedIntegration {
  /// Compiles a definition.
  init(_ definition: MappedIntegrationDefinition) throws {
    self.init()
    requestTemplates = try definition.requestTemplates.compactMapValues { try MappingTemplate(nonempty: $0) }
    passthroughBehavior = definition.passthroughBehavior
    requestParameters = try definition.requestParameters.map { parameter in
      try parameter.place.naming { try RequestParameter(destination: parameter.destination, source: parameter.source) }
    }
    responses = try definition.responses.map { try IntegrationResponse($0) }
    timeout = definition.timeout
    contentHandling = definition.contentHandling
    methodResponses = definition.methodResponses
  }
}

extension MappingTemplate {
  /// Nil for an empty text, which API Gateway stores as null: no template.
  fileprivate init?(nonempty source: TemplateText) throws {
    if source.text.isEmpty { return nil }
    do throws(TemplateError) {
      try self.init(source.text)
    } catch {
      throw source.error("\(error.reason) (\(error.position) of the mapping template)", line: error.position.line)
    }
  }
}

extension IntegrationResponse {
  fileprivate init(_ definition: IntegrationResponseDefinition) throws {
    let templates = try definition.templates.compactMap { entry in
      try MappingTemplate(nonempty: entry.template).map { (entry.contentType, $0) }
    }
    self = try definition.place.naming {
      try IntegrationResponse(
        pattern: definition.pattern, status: definition.status,
        parameters: definition.parameters.map { ($0.destination, $0.source) }, templates: templates,
        contentHandling: definition.contentHandling)
    }
  }
}

extension TemplatePlace {
  /// Adds this place to a `MappingError`.
  fileprivate func naming<Value>(_ parse: () throws -> Value) throws -> Value {
    do { return try parse() } catch let problem as MappingError { throw error(problem.description) }
  }
}

extension RequestValidation {
  /// Compiles a definition.
  init(_ definition: RequestValidatorDefinition) throws {
    validatesBody = definition.validatesBody
    validatesParameters = definition.validatesParameters
    requiredParameters = definition.requiredParameters
    models = try definition.models.mapValues { model in
      do throws(JSONSchemaError) { return try JSONSchema(model.schema) } catch {
        throw model.place(of: error.location).error(error.problem)
      }
    }
  }
}
