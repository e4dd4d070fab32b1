internal import HTTPTypes
internal import LocalServer
internal import SAMTemplate

extension Gateway {
  /// The response to a preflight that no route takes, from the HTTP API that would get the actual request; nil if that
  /// API doesn't handle CORS itself.
  func preflight(_ request: ClientRequest) -> Outcome? {
    guard request.isPreflight, let method = request.header("access-control-request-method") else { return nil }
    var actual = request
    actual.method = method
    guard let api = routes.route(actual)?.routed.api ?? routes.owner(of: request), let cors = api.cors else {
      return nil
    }
    var response = BufferedResponse(status: 204)
    response.headers.add("Apigw-Requestid", request.extendedID)
    response.apply(cors, to: request)
    return Outcome(response: response, cause: "CORS preflight")
  }
}

extension BufferedResponse {
  /// Replaces the integration's CORS headers with those of the API's own configuration, if it has one.
  mutating func apply(_ cors: CORSDefinition?, to request: ClientRequest) {
    guard let cors else { return }
    headers.removeAll { $0.name.canonicalName.hasPrefix("access-control-") }
    for (name, value) in cors.headers(for: request) { headers.add("access-control-\(name)", value) }
  }
}

extension ClientRequest {
  /// Whether a browser asks if it may send a request.
  fileprivate var isPreflight: Bool {
    method == "OPTIONS" && header("origin") != nil && header("access-control-request-method") != nil
  }
}

extension CORSDefinition {
  /// The headers, without `access-control-`, of the response to a request; none for an origin that isn't allowed.
  fileprivate func headers(for request: ClientRequest) -> [(name: String, value: String)] {
    guard let origin = request.header("origin"), let allowed = allowed(origin) else { return [] }
    var headers = [("allow-origin", allowed)]
    if allowCredentials { headers.append(("allow-credentials", "true")) }
    guard request.isPreflight else {
      if !exposeHeaders.isEmpty { headers.append(("expose-headers", exposeHeaders.joined(separator: ","))) }
      return headers
    }
    if !allowMethods.isEmpty { headers.append(("allow-methods", allowMethods.joined(separator: ","))) }
    if !allowHeaders.isEmpty { headers.append(("allow-headers", allowHeaders.joined(separator: ","))) }
    if let maxAge { headers.append(("max-age", String(maxAge))) }
    return headers
  }

  /// The value of `access-control-allow-origin` for an origin; nil if it isn't allowed.
  private func allowed(_ origin: String) -> String? {
    if allowOrigins.contains("*") { return "*" }
    let isAllowed = allowOrigins.contains { allowed in
      // API Gateway knows these two wildcards.
      let scheme = ["https://*", "http://*"].contains(allowed) ? allowed.dropLast() : nil
      return scheme.map { origin.hasPrefix($0) } ?? (allowed == origin)
    }
    return isAllowed ? origin : nil
  }
}
