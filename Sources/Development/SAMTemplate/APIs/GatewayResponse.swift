/// A response of the gateway's own, as a template customizes it (`x-amazon-apigateway-gateway-responses`).
package struct GatewayResponse: Sendable {
  /// The status code; nil leaves the type's own.
  package var status: Int?
  /// The values of headers by the headers' names: `'static'`, or an expression such as `context.requestId`.
  package var headers: [(name: String, value: String)] = []
  /// The body's templates by content type. Variables like `$context.error.message` are replaced in them, nothing else.
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
