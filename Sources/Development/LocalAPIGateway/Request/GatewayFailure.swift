internal import SAMTemplate

/// The reason why the gateway itself responds to a request.
struct GatewayFailure: Error, Hashable, Sendable {
  /// The kind of failure.
  let type: GatewayResponseType
  /// The status, if it differs from the type's, as the 502 for a malformed proxy response does.
  var status: Int?
  /// `$context.error.message`.
  let message: String
  /// `$context.error.validationErrorString`: the violations of a request validator.
  var validationError: String?
  /// Details for the log, which the client doesn't get.
  var cause: String?

  init(
    _ type: GatewayResponseType, _ message: String, status: Int? = nil, validationError: String? = nil,
    cause: String? = nil
  ) {
    self.type = type
    self.message = message
    self.status = status
    self.validationError = validationError
    self.cause = cause
  }
}

extension GatewayFailure {
  /// No route of a REST API matches. API Gateway's message is this misleading one.
  static let missingAuthenticationToken = GatewayFailure(.missingAuthenticationToken, "Missing Authentication Token")
  /// No route of an HTTP API matches.
  static let notFound = GatewayFailure(.resourceNotFound, "Not Found")
  /// The body's content type has no mapping template, and it may not pass through.
  static let unsupportedMediaType = GatewayFailure(.unsupportedMediaType, "Unsupported Media Type")
  /// The request exceeds API Gateway's 10 MB.
  static func requestTooLarge(_ kind: APIKind?) -> GatewayFailure {
    GatewayFailure(.requestTooLarge, kind == .rest ? "Request Too Long" : "Request Entity Too Large")
  }

  /// The integration took longer than its `timeoutInMillis`.
  static let integrationTimeout = GatewayFailure(.integrationTimeout, "Endpoint request timed out")

  /// The time limit passed before the request to the integration was sent.
  static func integrationNotStarted(_ cause: String) -> GatewayFailure {
    GatewayFailure(.integrationTimeout, integrationTimeout.message, cause: "nothing was sent: \(cause)")
  }

  /// The integration couldn't be reached, or didn't respond in HTTP.
  static func integrationFailure(_ cause: String) -> GatewayFailure {
    GatewayFailure(.integrationFailure, "Network error communicating with endpoint", cause: cause)
  }

  /// The template is at fault, for example because its mapping makes an invalid request or response.
  static func configuration(_ cause: String) -> GatewayFailure {
    GatewayFailure(.apiConfigurationError, "Internal server error", cause: cause)
  }

  /// The function failed, or returned something other than a proxy response.
  static func malformedProxyResponse(_ cause: String) -> GatewayFailure {
    GatewayFailure(.default5xx, "Internal server error", status: 502, cause: cause)
  }
}
