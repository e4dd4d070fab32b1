/// The format of an event and of its response, which depends on the sender.
package enum PayloadFormat: Equatable, Sendable {
  /// A REST API, payload format 1.0.
  case rest
  /// An HTTP API, payload format 1.0: the same as a REST API's, except that the path is decoded.
  case httpV1
  /// An HTTP API, payload format 2.0.
  case httpV2
  /// A Lambda function URL, payload format 2.0.
  case functionURL
  /// An Application Load Balancer; the flag tells whether multi-value headers are enabled on its target group.
  case loadBalancer(multiValueHeaders: Bool)

  /// Whether the sender delivers the path and its parameters percent-encoded, as the client wrote them.
  var deliversEncodedPath: Bool {
    switch self {
    case .rest, .functionURL, .loadBalancer: true
    case .httpV1, .httpV2: false
    }
  }

  /// Whether the sender delivers the query percent-encoded, as the client wrote it.
  var deliversEncodedQuery: Bool {
    switch self {
    case .httpV2, .functionURL, .loadBalancer: true
    case .rest, .httpV1: false
    }
  }
}
