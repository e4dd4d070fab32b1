internal import Platform
internal import ProxyEvents

/// The headers that let a page from another origin call this function, from `CORS_ALLOW_ORIGIN`.
struct CORS {
  private let headers: [HTTPHeader]

  /// Adds no headers if the variable is unset. Throws if it is neither `*` nor a single origin.
  init(environment: Environment) throws(EnvironmentError) {
    guard let origin = environment["CORS_ALLOW_ORIGIN"] else {
      headers = []
      return
    }
    guard origin == "*" || HTTPURL(origin)?.origin == origin else {
      throw EnvironmentError(
        "CORS_ALLOW_ORIGIN",
        "\(origin.redactingUserInfo.quoted) is not an origin: set *, or one such as https://www.example.com")
    }
    let anyOrigin: [HTTPHeader] = [
      ("Access-Control-Allow-Origin", origin),
      ("Access-Control-Expose-Headers", "ETag, Idempotent-Replayed, Link, Location, Retry-After"),
    ]
    headers = origin == "*" ? anyOrigin : anyOrigin + [("Vary", "Origin")]
  }

  /// A copy of a response with the headers added.
  func apply(to response: ProxyResponse) -> ProxyResponse {
    var response = response
    response.headers += headers
    return response
  }

  /// The response to a preflight request that nothing in front of the function has handled; nil for other requests, and
  /// without CORS.
  func preflight(_ request: ProxyRequest) -> ProxyResponse? {
    guard !headers.isEmpty, request.method == "OPTIONS" else { return nil }
    return ProxyResponse(
      status: 204,
      headers: [
        ("Access-Control-Allow-Methods", "GET, POST, DELETE, OPTIONS"),
        (
          "Access-Control-Allow-Headers",
          "Authorization, Content-Type, Idempotency-Key, If-None-Match, X-Amz-Date, X-Amz-Security-Token, "
            + "X-Amz-User-Agent, X-Api-Key"
        ),
        ("Access-Control-Max-Age", "600"),
      ])
  }
}
