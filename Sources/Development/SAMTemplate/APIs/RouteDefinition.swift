package import JSONTree

/// A method on a path of an API, or `$default`.
package struct RouteDefinition: Sendable {
  /// The method in upper case; nil for ANY.
  package let method: String?
  /// The path, such as `/jobs/{jobQueue}/{jobDefinition}`; nil for the `$default` route of an HTTP API.
  package let path: PathTemplate?
  /// Where its requests go.
  package var integration: IntegrationDefinition
  /// The checks that a REST API makes on a request; nil for none.
  package var validator: RequestValidatorDefinition?
  /// Where the method is in the template, if it has no integration there.
  var placeWithoutIntegration: TemplatePlace?
  /// Whether callers must sign with IAM.
  package var requiresIAM = false
  /// Whether callers must send an API key.
  package var requiresAPIKey = false

  /// A route that is open to everyone.
  package init(method: String?, path: PathTemplate?, integration: IntegrationDefinition) {
    self.method = method
    self.path = path
    self.integration = integration
  }

  /// The route key of an HTTP API, as in `POST /jobs/{jobQueue}`, `ANY /jobs` or `$default`.
  package var key: String { PathTemplate.key(method, path) }
}

/// A method's validator from `x-amazon-apigateway-request-validators`, with the models and parameters that it checks.
package struct RequestValidatorDefinition: Sendable {
  /// `validateRequestBody`: whether bodies are checked against the models.
  package var validatesBody = false
  /// `validateRequestParameters`: whether required parameters must be present.
  package var validatesParameters = false
  /// The models by content type.
  package var models: [String: ModelDefinition] = [:]
  /// The required parameters, such as `method.request.header.X-Tenant`.
  package var requiredParameters: [String] = []
}

/// A model: a self-contained JSON Schema.
package struct ModelDefinition: Sendable {
  /// The schema. Its references point to its own `definitions`.
  package let schema: JSON
  /// Where the schema is in the template.
  let place: TemplatePlace
  /// The places of the schema's parts, keyed by JSON pointer.
  let places: [String: TemplatePlace]

  /// The place of a JSON pointer into the schema, or of its nearest known ancestor.
  package func place(of pointer: String) -> TemplatePlace {
    var pointer = pointer[...]
    while let slash = pointer.lastIndex(of: "/") {
      if let place = places[String(pointer)] { return place }
      pointer = pointer[..<slash]
    }
    return place
  }
}
