internal import Platform

extension OpenAPIDocument {
  /// The validator of a name, without models and parameters; nil if the document has none.
  private func validator(named name: String) throws -> RequestValidatorDefinition? {
    guard let value = try root?["x-amazon-apigateway-request-validators"]?[name] else { return nil }
    var validation = RequestValidatorDefinition()
    validation.validatesBody = try value["validateRequestBody"]?.boolean() ?? false
    validation.validatesParameters = try value["validateRequestParameters"]?.boolean() ?? false
    return validation
  }

  /// The checks of an operation's requests; nil for none.
  func validation(of operation: Operation) throws -> RequestValidatorDefinition? {
    let key = "x-amazon-apigateway-request-validator"
    var validator = try operation.value[key]
    if validator == nil { validator = try root?[key] }
    guard let validator else { return nil }
    let name = try validator.text()
    guard var validation = try self.validator(named: name) else {
      throw validator.error(
        "the API has no request validator \(name.quoted); add it, or fix the name")
    }
    validation.models = try models(of: operation)
    validation.requiredParameters = operation.parameters.compactMap { $0.isRequired ? $0.name : nil }
    return validation
  }

  /// The models of an operation's bodies by content type: from `requestBody` (OpenAPI 3) or a body parameter (2).
  private func models(of operation: Operation) throws -> [String: ModelDefinition] {
    var models: [String: ModelDefinition] = [:]
    if let written = try operation.value["requestBody"] {
      let body = try dereferenced(written)
      for (type, media) in try body["content"]?.members() ?? [] {
        if let schema = try media["schema"] { models[type] = try model(schema) }
      }
    }
    let bodies = operation.parameters.filter { $0.name == nil }
    for parameter in bodies {
      guard try parameter.value["in"]?.text() == "body", let schema = try parameter.value["schema"] else { continue }
      var types = try operation.value["consumes"]?.texts()
      if types == nil { types = try root?["consumes"]?.texts() }
      for type in types ?? ["application/json"] { models[type] = try model(schema) }
    }
    return models
  }

  /// The checks in `RequestModel` and `RequestParameters` of an event of type Api; nil for none.
  func validation(ofEvent properties: TemplateValue) throws -> RequestValidatorDefinition? {
    var validation = RequestValidatorDefinition()
    if let request = try properties["RequestModel"], let reference = try request["Model"] {
      let name = try reference.text()
      guard let schema = try schema(named: name) else {
        throw reference.error("the API has no model \(name.quoted); add it to Models, or fix the name")
      }
      validation.validatesBody = try request["ValidateBody"]?.boolean() ?? false
      validation.validatesParameters = try request["ValidateParameters"]?.boolean() ?? false
      validation.models["application/json"] = try model(schema)
    }
    for element in try properties["RequestParameters"]?.elements() ?? [] {
      guard case .mapping = element.node.content else { continue }
      for (name, settings) in try element.members() {
        if try settings["Required"]?.boolean() ?? false {
          validation.requiredParameters.append(name)
          validation.validatesParameters = true
        }
      }
    }
    return validation.validatesBody || validation.validatesParameters ? validation : nil
  }
}
