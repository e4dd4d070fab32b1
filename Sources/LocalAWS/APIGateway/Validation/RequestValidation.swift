/// What a REST API checks of a request before its integration sees it.
struct RequestValidation: Sendable {
  /// Whether bodies are checked against the models.
  var validatesBody = false
  /// Whether required parameters must be there.
  var validatesParameters = false
  /// The models by content type.
  var models: [String: JSONSchema] = [:]
  /// The required parameters, such as `method.request.header.X-Tenant`.
  var requiredParameters: [String] = []
}
