/// Who sent an event: each sender has a form of its own for requests and for responses.
package enum ProxyShape: Hashable, Sendable {
  /// A REST API, payload format 1.0.
  case rest
  /// An HTTP API with payload format 1.0, which is a REST API's but for the decoded path.
  case httpV1
  /// An HTTP API, payload format 2.0.
  case httpV2
  /// A Lambda function URL, payload format 2.0.
  case functionURL
  /// An Application Load Balancer; the flag tells whether its target group has multi-value headers on.
  case loadBalancer(multiValueHeaders: Bool)

  /// Whether the sender delivers the path and its parameters percent-encoded, as the client wrote them.
  var deliversEncodedPath: Bool {
    switch self {
    case .rest, .functionURL, .loadBalancer: true
    case .httpV1, .httpV2: false
    }
  }
}
