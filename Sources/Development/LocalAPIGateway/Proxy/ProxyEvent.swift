internal import Foundation
internal import JSONTree
internal import LocalLambda
internal import Platform
internal import SAMTemplate

/// The event that an `aws_proxy` integration makes of a request, as AWS writes it.
///
/// See [REST APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html),
/// [HTTP APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html)
/// and [function URLs](https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html).
///
/// Two things tell of this machine. The Host header and `X-Forwarded-Proto` and `-Port` are those of the connection, so
/// that a link a function makes of them leads back here; and no path has the stage before it but
/// `requestContext.path` of a REST API, because the stage is in no URL here. The domain's name is AWS's all the same:
/// functions tell by it whether an event is from a function URL.
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
      case .rest, .http1: version1
      case .http2, .functionURL: version2
      }
    return Array(event.description.utf8)
  }

  /// The header fields in this format, sorted by name.
  var headers: ProxyHeaders { ProxyHeaders(of: request, format, traceID) }

  /// The route's path as the template has it, or `$default`.
  var resource: String { routed.route.path?.description ?? "$default" }

  /// The body as text, and whether that is Base64; nil when there is none.
  var body: (text: String, isBase64Encoded: Bool)? {
    guard !request.body.isEmpty else { return nil }
    let isBinary =
      format == .rest
      ? api.binaryMediaTypes.containMediaType(request.header("Content-Type"))
      : !Self.isText(request.header("Content-Type")) || String(validating: request.body, as: UTF8.self) == nil
    return isBinary
      ? (Data(request.body).base64EncodedString(), true) : (String(decoding: request.body, as: UTF8.self), false)
  }

  /// Whether an HTTP API delivers bodies of a content type as text. It is a short list: forms, and types that only end
  /// with `+json`, arrive in Base64, as does a body without a type.
  private static func isText(_ contentType: String?) -> Bool {
    guard let type = contentType?.mediaType else { return false }
    return type.hasPrefix("text/")
      || ["application/json", "application/javascript", "application/xml"].contains(type)
  }
}
