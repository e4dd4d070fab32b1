/// A template's customization of a response from the gateway itself (`x-amazon-apigateway-gateway-responses`).
package struct GatewayResponse: Sendable {
  /// The status code; nil for the type's default.
  package var status: Int?
  /// The headers; a value is `'static'` or an expression such as `context.requestId`.
  package var headers: [(name: String, value: String)] = []
  /// The body's templates by content type. Only variables such as `$context.error.message` are replaced in them.
  package var templates: [(contentType: String, template: String)] = []

  /// A customized response.
  package init(
    status: Int? = nil, headers: [(name: String, value: String)] = [],
    templates: [(contentType: String, template: String)] = []
  ) {
    self.status = status
    self.headers = headers
    self.templates = templates
  }
}
