internal import SAMTemplate

/// The format of an `aws_proxy` integration's event and response: an API's kind, with its payload format version.
enum PayloadFormat: Hashable, Sendable {
  /// That of a REST API, which has no version.
  case rest
  /// Version 1.0 of an HTTP API.
  case http1
  /// Version 2.0 of an HTTP API.
  case http2
  /// That of a function URL: version 2.0, with the path as sent.
  case functionURL

  /// The format for a kind of API. The version matters only for an HTTP API.
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
