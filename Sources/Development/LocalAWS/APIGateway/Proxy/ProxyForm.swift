/// The form of an `aws_proxy` integration's event and answer: the API's kind and its payload format version together.
enum ProxyForm: Hashable, Sendable {
  /// A REST API's, without a version of its own.
  case rest
  /// An HTTP API's, payload format 1.0.
  case http1
  /// An HTTP API's, payload format 2.0.
  case http2
  /// A function URL's: payload format 2.0 with the path as it was sent.
  case functionURL

  /// The form that an API of a kind uses; only an HTTP API has a choice.
  init(_ kind: API.Kind, _ format: Integration.PayloadFormat) {
    self =
      switch (kind, format) {
      case (.rest, _): .rest
      case (.http, .v1): .http1
      case (.http, .v2): .http2
      case (.functionURL, _): .functionURL
      }
  }
}
