internal import SAMTemplate

/// The format of an `aws_proxy` integration's event and response: the API's kind and its payload format version together.
enum PayloadFormat: Hashable, Sendable {
  /// A REST API's, which has no version.
  case rest
  /// An HTTP API's version 1.0.
  case http1
  /// An HTTP API's version 2.0.
  case http2
  /// A function URL's: version 2.0, with the path as it was sent.
  case functionURL

  /// The format of an API of a kind; only an HTTP API has a choice.
  init(_ kind: APIKind, _ version: PayloadFormatVersion) {
    self =
      switch (kind, version) {
      case (.rest, _): .rest
      case (.http, .v1): .http1
      case (.http, .v2): .http2
      case (.functionURL, _): .functionURL
      }
  }
}
