internal import SAMTemplate

/// A request that the gateway answers by itself.
struct GatewayFailure: Error, Hashable, Sendable {
  /// The kind of failure.
  let type: GatewayResponseType
  /// The status, where it is another than the type's own: 502 for a function's malformed answer.
  var status: Int?
  /// `$context.error.message`.
  let message: String
  /// `$context.error.validationErrorString`: what a request validator found.
  var validationError: String?
  /// What the caller isn't told: for the log alone.
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
  /// No route fits; a REST API says so in these words.
  static let missingAuthenticationToken = GatewayFailure(.missingAuthenticationToken, "Missing Authentication Token")
  /// No route of an HTTP API fits.
  static let notFound = GatewayFailure(.resourceNotFound, "Not Found")
  /// A content type without a template, where such ones don't pass.
  static let unsupportedMediaType = GatewayFailure(.unsupportedMediaType, "Unsupported Media Type")
  /// More than API Gateway's 10 MB.
  static func requestTooLarge(_ kind: APIKind?) -> GatewayFailure {
    GatewayFailure(.requestTooLarge, kind == .rest ? "Request Too Long" : "Request Entity Too Large")
  }

  /// The integration took longer than its `timeoutInMillis`.
  static let integrationTimeout = GatewayFailure(.integrationTimeout, "Endpoint request timed out")

  /// The integration wasn't reached, or didn't answer in HTTP.
  static func integrationFailure(_ cause: String) -> GatewayFailure {
    GatewayFailure(.integrationFailure, "Network error communicating with endpoint", cause: cause)
  }

  /// The template makes a request or response that can't be.
  static func configuration(_ cause: String) -> GatewayFailure {
    GatewayFailure(.apiConfigurationError, "Internal server error", cause: cause)
  }

  /// A function that failed, or whose answer is no proxy response.
  static func malformedProxyResponse(_ cause: String) -> GatewayFailure {
    GatewayFailure(.default5xx, "Internal server error", status: 502, cause: cause)
  }
}
