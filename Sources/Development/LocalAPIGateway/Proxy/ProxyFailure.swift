internal import SAMTemplate

/// Why an `aws_proxy` integration has no answer of its function to give.
///
/// As for HTTP APIs and function URLs, AWS documents few of these answers; statuses and messages are those observed.
enum ProxyFailure: Error, Hashable, Sendable {
  /// The function failed, timed out by its own limit, or couldn't be started.
  case functionError(String)
  /// The function's answer is no proxy response, for this reason.
  case malformedResponse(String)
  /// The answer's body is said to be Base64 and is not.
  case malformedBase64
  /// All the processes that the function may have are busy.
  case throttled(String)
  /// The integration's time limit passed before the function answered.
  case timeout
  /// The event is larger than Lambda takes; the request itself isn't larger than API Gateway takes.
  case eventTooLarge(String)
  /// Nobody waits for the answer any more.
  case cancelled

  /// What the caller of an API sees.
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

  private static let base64Cause = "malformed proxy response: the body is marked isBase64Encoded and is not Base64"

  private static func badGateway(_ kind: APIKind, _ cause: String) -> GatewayFailure {
    switch kind {
    case .rest: .malformedProxyResponse(cause)
    case .http: GatewayFailure(.default5xx, "Internal Server Error", status: 500, cause: cause)
    case .functionURL: GatewayFailure(.default5xx, "Internal Server Error", status: 502, cause: cause)
    }
  }
}
