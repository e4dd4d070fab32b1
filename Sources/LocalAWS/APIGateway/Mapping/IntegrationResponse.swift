/// An entry of an integration's `responses`: for which answers it is, and what becomes of them.
struct IntegrationResponse: Sendable {
  /// The pattern as it stands in the template; nil for `default`.
  let pattern: String?
  /// The status that the caller gets.
  let status: Int
  /// The values of headers by the keys `method.response.header.NAME`.
  var parameters: [(destination: String, source: String)] = []
  /// The templates by content type, in the template's order.
  var templates: [(contentType: String, template: MappingTemplate)] = []
  /// How the answer's body is converted.
  var contentHandling: MappedIntegration.ContentHandling?
}
