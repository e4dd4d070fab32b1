/// An answer of the gateway itself as a template customizes it (`x-amazon-apigateway-gateway-responses`).
struct GatewayResponse: Sendable {
  /// The status code; nil leaves the type's own.
  var status: Int?
  /// The values of headers by the headers' names: `'static'`, or an expression such as `context.requestId`.
  var headers: [(name: String, value: String)] = []
  /// The body's templates by content type. Variables like `$context.error.message` are replaced in them, nothing else.
  var templates: [(contentType: String, template: String)] = []
}
