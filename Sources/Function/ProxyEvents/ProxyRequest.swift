internal import Platform
internal import RawJSON

/// The HTTP request in a proxy event, in any of the payload formats.
///
/// Only the members in use are read; all others may be missing, null, unusual or unknown. See
/// [REST APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html),
/// [HTTP APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html),
/// [function URLs](https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html) and
/// [load balancers](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html).
package struct ProxyRequest: Sendable {
  /// The sender of the event.
  package let format: PayloadFormat
  /// The HTTP method, as received.
  package let method: String
  /// The value of the Content-Type header; nil if it is missing.
  package let contentType: String?
  /// The values of the Idempotency-Key header, one per line that the sender delivers; empty if it is missing.
  package let idempotencyKeys: [String]
  /// The body, decoded if the sender encoded it in Base64; empty if it is missing.
  package let body: [UInt8]

  private let path: String
  private let members: JSONObject
  private let parameters: JSONObject?

  /// Parses an event; the error says what is wrong with it.
  package init(event: [UInt8]) throws(ProxyRequestError) {
    let members: JSONObject
    do throws(JSONError) {
      members = try JSONObject(parsing: event)
    } catch {
      throw ProxyRequestError(.notAnObject(error), format: .rest)
    }
    if let foreign = ForeignEvent(members) { throw ProxyRequestError(.foreign(foreign), format: .rest) }
    guard let sender = ProxySender(members) else { throw ProxyRequestError(.unknownSender, format: .rest) }
    self.members = members
    format = sender.format
    do throws(JSONError) {
      method = try sender.method.string()
      path = try sender.path.string()
      parameters = try members["pathParameters"]?.object()
      let headers = try RequestHeaders(members)
      contentType = headers.contentType
      idempotencyKeys = headers.idempotencyKeys
    } catch {
      throw ProxyRequestError(.malformed(error), format: sender.format)
    }
    body = try Self.body(in: members, format: sender.format)
  }

  /// A path parameter, decoded exactly once; nil if the route doesn't define it.
  package func pathParameter(_ name: String) throws(ProxyRequestError) -> String? {
    guard let value = parameters?[name] else { return nil }
    let text: String
    do throws(JSONError) {
      text = try value.string()
    } catch {
      throw ProxyRequestError(.malformed(error), format: format)
    }
    return try decoded(text)
  }

  /// The parameters of the query, decoded, each as often as it was sent.
  package func queryParameters() throws(ProxyRequestError) -> [(name: String, value: String)] {
    var parameters: [(name: String, value: String)] = []
    do throws(JSONError) {
      parameters = try RequestQuery.parameters(in: members, format: format)
    } catch {
      throw ProxyRequestError(.malformed(error), format: format)
    }
    guard format.deliversEncodedQuery else { return parameters }
    for (index, (name, value)) in parameters.enumerated() {
      guard let decodedName = RequestQuery.decode(name), let decodedValue = RequestQuery.decode(value) else {
        throw ProxyRequestError(.badQueryEscape("\(name)=\(value)"), format: format)
      }
      parameters[index] = (decodedName, decodedValue)
    }
    return parameters
  }

  /// The values of a header, one per line that the sender delivers; a value that isn't text is left out.
  package func headers(_ name: StaticString) -> [String] {
    RequestHeaders.values(of: name, in: members)
  }

  /// Whether the path ends in a slash, which counts when a relative reference is resolved against it.
  package var pathEndsInSlash: Bool { path.utf8.last == UInt8(ascii: "/") }

  /// Who sent the request, as determined by what authorizes requests in front of the function; nil if nothing does.
  package var caller: String? { RequestCaller.identity(in: members["requestContext"], format: format) }

  /// The last segments of the path, as delivered, at most `count` of them. One trailing slash is ignored, as REST APIs
  /// do. The segments before them, such as a stage, don't matter.
  package func lastPathSegments(_ count: Int) -> [Substring] {
    var rest = path[...]
    // Byte by byte: a Character may be a slash combined with what comes before or after it.
    if rest.utf8.last == UInt8(ascii: "/") { rest = rest[..<rest.utf8.index(before: rest.endIndex)] }
    var segments: [Substring] = []
    while segments.count < count, let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")) {
      segments.insert(rest[rest.utf8.index(after: slash)...], at: 0)
      rest = rest[..<slash]
    }
    return segments
  }

  /// A segment of the path, decoded exactly once.
  package func decoded(_ segment: some StringProtocol) throws(ProxyRequestError) -> String {
    let segment = String(segment)
    guard format.deliversEncodedPath else { return segment }
    guard let text = segment.percentDecoded() else {
      throw ProxyRequestError(.badPercentEscape(segment), format: format)
    }
    return text
  }

  private static func body(in members: JSONObject, format: PayloadFormat) throws(ProxyRequestError) -> [UInt8] {
    guard let body = members["body"] else { return [] }
    let text: [UInt8]
    do throws(JSONError) {
      text = try body.utf8()
    } catch {
      throw ProxyRequestError(.badBody(error), format: format)
    }
    guard let flag = members["isBase64Encoded"], flag.isTrue else { return text }
    guard let bytes = Base64.decode(text) else { throw ProxyRequestError(.badBase64, format: format) }
    return bytes
  }
}
