internal import SAMTemplate

/// The reason why an `aws_proxy` integration can't return its function's response.
///
/// AWS documents few of the resulting responses of HTTP APIs and function URLs; statuses and messages are as observed.
enum ProxyFailure: Error, Hashable, Sendable {
  /// The function failed, exceeded its own timeout, or couldn't be started.
  case functionError(String)
  /// The function's payload is not a proxy response, for this reason.
  case malformedResponse(String)
  /// The response's body is marked as Base64, but isn't.
  case malformedBase64
  /// All processes that the function may have are busy.
  case throttled(String)
  /// The function didn't respond within the integration's time limit.
  case timeout
  /// The event exceeds Lambda's limit, although the request doesn't exceed API Gateway's.
  case eventTooLarge(String)
  /// The task that waited for the response was cancelled.
  case cancelled

  /// The failure that a client of this kind of API gets.
  func failure(of kind: APIKind) -> GatewayFailure {
    switch self {
    case .functionError(let cause): Self.badGateway(kind, cause)
    case .malformedResponse(let cause): Self.badGateway(kind, "malformed proxy response: \(cause)")
    case .malformedBase64:
      kind == .rest
        ? GatewayFailure(.default5xx, "Internal server error", cause: Self.base64Cause)
        : Self.badGateway(kind, Self.base64Cause)
    case .throttled(let cause):
      switch kind {
      case .rest: GatewayFailure(.integrationFailure, "Internal server error", status: 500, cause: cause)
      case .http: GatewayFailure(.integrationFailure, "Service Unavailable", status: 503, cause: cause)
      case .functionURL: GatewayFailure(.throttled, "Rate Exceeded.", cause: cause)
      }
    case .timeout:
      kind == .rest
        ? .integrationTimeout : GatewayFailure(.integrationTimeout, "Service Unavailable", status: 503)
    case .eventTooLarge(let cause):
      GatewayFailure(
        .requestTooLarge, kind == .rest ? "Request Too Long" : "Request Entity Too Large", cause: cause)
    case .cancelled: .integrationFailure("the request was cancelled")
    }
  }

  private static let base64Cause = "malformed proxy response: the body is marked isBase64Encoded but is not Base64"

  private static func badGateway(_ kind: APIKind, _ cause: String) -> GatewayFailure {
    switch kind {
    case .rest: .malformedProxyResponse(cause)
    case .http: GatewayFailure(.default5xx, "Internal Server Error", status: 500, cause: cause)
    case .functionURL: GatewayFailure(.default5xx, "Internal Server Error", status: 502, cause: cause)
    }
  }
}
