/// Where a route's requests go, with the properties of `x-amazon-apigateway-integration`.
enum Integration: Sendable {
  /// `aws_proxy`: the whole request as an event to a function, by its logical id.
  case lambdaProxy(function: String, payloadFormat: PayloadFormat, timeout: Duration)
  /// `aws`: a call of an AWS service, made of templates.
  case service(ServiceAction, MappedIntegration)
  /// `mock`: an answer of the gateway itself.
  case mock(MappedIntegration)
  /// One that isn't run here: its requests are answered with a configuration error; the text says what it is.
  case unsupported(String)

  /// `payloadFormatVersion`.
  enum PayloadFormat: String, Sendable, CaseIterable {
    case v1 = "1.0"
    case v2 = "2.0"
  }
}

/// The call of an AWS service that an `aws` integration makes.
struct ServiceAction: Hashable, Sendable {
  /// The integration's `httpMethod`.
  let method: String
  /// The service's name in the URI, such as `batch`.
  let service: String
  /// The region in the URI.
  let region: String
  /// The path override, `/` first and once, such as `/v1/submitjob`.
  let path: String
}

/// What `aws` and `mock` integrations have in common: a request made of a template, and a choice of responses.
///
/// Templates, patterns and expressions are parsed when the template file is read.
struct MappedIntegration: Sendable {
  /// When a request whose content type has no template goes through as it is.
  enum PassthroughBehavior: String, Sendable, CaseIterable {
    case whenNoMatch = "when_no_match"
    case whenNoTemplates = "when_no_templates"
    case never
  }

  /// How bodies are converted; nil leaves them as they are.
  enum ContentHandling: String, Sendable, CaseIterable {
    case convertToText = "CONVERT_TO_TEXT"
    case convertToBinary = "CONVERT_TO_BINARY"
  }

  /// The templates by content type.
  var requestTemplates: [String: MappingTemplate] = [:]
  /// What becomes of a content type that has none.
  var passthroughBehavior = PassthroughBehavior.whenNoMatch
  /// Headers and query parameters of the integration's request.
  var requestParameters: [RequestParameter] = []
  /// The responses, in the order in which their patterns are tried; the default one is last.
  var responses: [IntegrationResponse] = []
  /// `timeoutInMillis`; 50 ms to 29 s, 29 s unless it is given.
  var timeout: Duration = .milliseconds(29_000)
  /// How the request's body is converted.
  var contentHandling: ContentHandling?
  /// The status codes that the method declares responses for; an integration response of another one is an error.
  var methodResponses: Set<Int> = []
}
