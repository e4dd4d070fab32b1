/// An integration type, as `x-amazon-apigateway-integration` names it.
package enum IntegrationKind: String, Hashable, Sendable, Codable, CustomStringConvertible {
  case lambdaProxy = "aws_proxy"
  case service = "aws"
  case mock
  /// Any other type. It isn't emulated.
  case unsupported

  /// The name.
  package var description: String { rawValue }
}

/// Where a route's requests go, with the properties of `x-amazon-apigateway-integration`.
package enum IntegrationDefinition: Sendable {
  /// `aws_proxy`: the whole request goes to a function, named by its logical id, as an event.
  case lambdaProxy(function: String, payloadFormat: PayloadFormatVersion, timeout: Duration)
  /// `aws`: a call to an AWS service, built by mapping templates.
  case service(ServiceAction, MappedIntegrationDefinition)
  /// `mock`: a response from the gateway itself.
  case mock(MappedIntegrationDefinition)
  /// An integration that isn't emulated; the text describes it.
  case unsupported(String)

  /// The headers that an `aws` or `aws_proxy` integration of a REST API can't map, in lower case: with any of them, API
  /// Gateway responds with 500.
  package static let unmappableHeaders: Set = [
    "authorization", "connection", "content-length", "expect", "proxy-authenticate", "te", "transfer-encoding",
    "x-amzn-trace-id",
  ]

  /// The type.
  package var kind: IntegrationKind {
    switch self {
    case .lambdaProxy: .lambdaProxy
    case .service: .service
    case .mock: .mock
    case .unsupported: .unsupported
    }
  }
}

/// `payloadFormatVersion` of an HTTP API's `aws_proxy` integration.
package enum PayloadFormatVersion: String, Sendable, CaseIterable {
  case v1 = "1.0"
  case v2 = "2.0"
}

/// The call to an AWS service that an `aws` integration makes.
package struct ServiceAction: Hashable, Sendable {
  /// The integration's `httpMethod`.
  package let method: String
  /// The service's name in the URI, such as `batch`.
  package let service: String
  /// The region in the URI.
  package let region: String
  /// The path override with exactly one leading `/`, such as `/v1/submitjob`.
  package let path: String

  /// A call.
  package init(method: String, service: String, region: String, path: String) {
    self.method = method
    self.service = service
    self.region = region
    self.path = path
  }
}

/// The common part of `aws` and `mock` integrations: a request built by a mapping template, and a choice of responses.
package struct MappedIntegrationDefinition: Sendable {
  /// `passthroughBehavior`: when a body whose content type has no mapping template passes through unchanged.
  package enum PassthroughBehavior: String, Sendable, CaseIterable {
    case whenNoMatch = "when_no_match"
    case whenNoTemplates = "when_no_templates"
    case never
  }

  /// `contentHandling`: how bodies are converted.
  package enum ContentHandling: String, Sendable, CaseIterable {
    case convertToText = "CONVERT_TO_TEXT"
    case convertToBinary = "CONVERT_TO_BINARY"
  }

  /// `requestTemplates`: the mapping templates by content type.
  package var requestTemplates: [String: TemplateText] = [:]
  /// When a body without a mapping template passes through.
  package var passthroughBehavior = PassthroughBehavior.whenNoMatch
  /// `requestParameters`: headers, query parameters and path variables of the integration's request.
  package var requestParameters: [ParameterMapping] = []
  /// `responses`, in the order in which their patterns are tried; the default one is last.
  package var responses: [IntegrationResponseDefinition] = []
  /// `timeoutInMillis`: 50 ms to 29 s; the default is 29 s.
  package var timeout: Duration = .milliseconds(29_000)
  /// How the request's body is converted; nil leaves it unchanged.
  package var contentHandling: ContentHandling?
  /// The status codes that the method declares responses for. An integration response with any other is an error.
  package var methodResponses: Set<Int> = []

  /// An integration that maps nothing.
  package init() {}
}

/// An entry of `requestParameters` or `responseParameters`.
package struct ParameterMapping: Sendable {
  /// The key, such as `integration.request.header.X-Tenant`.
  package let destination: String
  /// The value, such as `method.request.header.tenant` or `'static'`.
  package let source: String
  /// Where the value is in the template.
  package let place: TemplatePlace
}

/// An entry of an integration's `responses`.
package struct IntegrationResponseDefinition: Sendable {
  /// The pattern that the service's status must match; nil for `default`.
  package let pattern: String?
  /// The status that the client gets.
  package let status: Int
  /// `responseParameters`: the headers that the client gets.
  package let parameters: [ParameterMapping]
  /// `responseTemplates`, in the template's order.
  package let templates: [(contentType: String, template: TemplateText)]
  /// How the response's body is converted.
  package let contentHandling: MappedIntegrationDefinition.ContentHandling?
  /// Where the entry is in the template.
  package let place: TemplatePlace
}
