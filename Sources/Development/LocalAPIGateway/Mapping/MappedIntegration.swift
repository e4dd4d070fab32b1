internal import SAMTemplate

/// The common part of `aws` and `mock` integrations, with mapping templates, patterns and expressions parsed.
struct MappedIntegration: Sendable {
  typealias PassthroughBehavior = MappedIntegrationDefinition.PassthroughBehavior
  typealias ContentHandling = MappedIntegrationDefinition.ContentHandling

  /// The mapping templates by content type.
  var requestTemplates: [String: MappingTemplate] = [:]
  /// When a body without a mapping template passes through.
  var passthroughBehavior = PassthroughBehavior.whenNoMatch
  /// Headers, query parameters and path variables of the integration's request.
  var requestParameters: [RequestParameter] = []
  /// The responses, in the order in which their patterns are tried; the default one is last.
  var responses: [IntegrationResponse] = []
  /// How long the integration may take.
  var timeout: Duration = .milliseconds(29_000)
  /// How the request's body is converted.
  var contentHandling: ContentHandling?
  /// The status codes that the method declares responses for.
  var methodResponses: Set<Int> = []

  /// An integration that maps nothing.
  init() {}
}
