internal import Foundation
internal import JSONTree
internal import LocalLambda
internal import Platform
internal import SAMTemplate

/// The format of an `aws_proxy` integration's event and response: an API's kind, with its payload format version.
enum PayloadFormat: Hashable, Sendable {
  /// That of a REST API, which has no version.
  case rest
  /// Version 1.0 of an HTTP API.
  case httpV1
  /// Version 2.0 of an HTTP API.
  case httpV2
  /// That of a function URL: version 2.0, with the path as sent.
  case functionURL

  /// The format for a kind of API. The version matters only for an HTTP API.
  init(_ kind: APIKind, _ version: PayloadFormatVersion) {
    self =
      switch (kind, version) {
      case (.rest, _): .rest
      case (.http, .v1): .httpV1
      case (.http, .v2): .httpV2
      case (.functionURL, _): .functionURL
      }
  }
}

/// The event that an `aws_proxy` integration makes from a request, in AWS's formats.
///
/// See [REST APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html),
/// [HTTP APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html)
/// and [function URLs](https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html).
///
/// It differs from AWS's in two respects. `Host`, `X-Forwarded-Proto` and `X-Forwarded-Port` describe the local
/// connection, so that links that a function builds from them work. Paths have no stage, because local URLs have none,
/// except in `requestContext.path` of a REST API. The domain name is AWS's, because functions use it to recognize
/// events from function URLs.
struct ProxyEvent {
  let routed: RoutedRequest
  let format: PayloadFormat
  let traceID: TraceID

  var request: ClientRequest { routed.request }
  var api: APIDefinition { routed.api }

  /// The event's bytes.
  var bytes: [UInt8] {
    let event =
      switch format {
      case .rest, .httpV1: version1
      case .httpV2, .functionURL: version2
      }
    return Array(event.description.utf8)
  }

  /// The headers in this format, sorted by name.
  var headers: ProxyHeaders { ProxyHeaders(of: request, format, traceID) }

  /// The route's path as in the template, or `$default`.
  var resource: String { routed.path?.description ?? "$default" }

  /// The body as text, and whether that is Base64; nil for an empty body.
  var body: (text: String, isBase64Encoded: Bool)? {
    guard !request.body.isEmpty else { return nil }
    let isBinary =
      format == .rest
      ? api.binaryMediaTypes.containMediaType(request.header("Content-Type"))
      : !Self.isText(request.header("Content-Type")) || String(validating: request.body, as: UTF8.self) == nil
    return isBinary
      ? (Data(request.body).base64EncodedString(), true) : (String(decoding: request.body, as: UTF8.self), false)
  }

  /// Whether an HTTP API delivers bodies of a content type as text. The list is short: forms, types with a `+json`
  /// suffix, and bodies without a type arrive as Base64.
  private static func isText(_ contentType: String?) -> Bool {
    guard let type = contentType?.mediaType else { return false }
    return type.hasPrefix("text/")
      || ["application/json", "application/javascript", "application/xml"].contains(type)
  }
}
