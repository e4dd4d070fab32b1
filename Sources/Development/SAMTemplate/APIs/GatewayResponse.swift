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

/// The reason why the gateway itself responded, under API Gateway's names.
///
/// See [Gateway response types](https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html).
package enum GatewayResponseType: String, Sendable, CaseIterable {
  case accessDenied = "ACCESS_DENIED"
  case apiConfigurationError = "API_CONFIGURATION_ERROR"
  case authorizerConfigurationError = "AUTHORIZER_CONFIGURATION_ERROR"
  case authorizerFailure = "AUTHORIZER_FAILURE"
  case badRequestBody = "BAD_REQUEST_BODY"
  case badRequestParameters = "BAD_REQUEST_PARAMETERS"
  case default4xx = "DEFAULT_4XX"
  case default5xx = "DEFAULT_5XX"
  case expiredToken = "EXPIRED_TOKEN"
  case integrationFailure = "INTEGRATION_FAILURE"
  case integrationTimeout = "INTEGRATION_TIMEOUT"
  case invalidAPIKey = "INVALID_API_KEY"
  case invalidSignature = "INVALID_SIGNATURE"
  case missingAuthenticationToken = "MISSING_AUTHENTICATION_TOKEN"
  case quotaExceeded = "QUOTA_EXCEEDED"
  case requestTooLarge = "REQUEST_TOO_LARGE"
  case resourceNotFound = "RESOURCE_NOT_FOUND"
  case throttled = "THROTTLED"
  case unauthorized = "UNAUTHORIZED"
  case unsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE"
  case wafFiltered = "WAF_FILTERED"

  /// The status, unless a template changes it.
  package var defaultStatus: Int {
    switch self {
    case .badRequestBody, .badRequestParameters, .default4xx: 400
    case .unauthorized: 401
    case .accessDenied, .expiredToken, .invalidAPIKey, .invalidSignature, .missingAuthenticationToken, .wafFiltered: 403
    case .resourceNotFound: 404
    case .requestTooLarge: 413
    case .unsupportedMediaType: 415
    case .quotaExceeded, .throttled: 429
    case .apiConfigurationError, .authorizerConfigurationError, .authorizerFailure, .default5xx: 500
    case .integrationFailure, .integrationTimeout: 504
    }
  }

  /// The type whose customization applies if this type has none.
  package var fallback: GatewayResponseType { defaultStatus < 500 ? .default4xx : .default5xx }
}
