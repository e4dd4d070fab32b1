internal import RawJSON

/// The HTTP request in a proxy event, whoever sent it.
///
/// Only what is used is read; everything else in an event may be absent, null, odd or unknown. See
/// [REST APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html),
/// [HTTP APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html),
/// [function URLs](https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html) and
/// [load balancers](https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html).
package struct ProxyRequest: Sendable {
  /// Who sent the event.
  package let shape: ProxyShape
  /// The HTTP method, as it came.
  package let method: String
  /// The value of the Content-Type header, if there is one.
  package let contentType: String?
  /// The body, decoded from Base64 where the sender encoded it; empty when there is none.
  package let body: [UInt8]

  private let path: String
  private let parameters: JSONObject?

  /// Reads an event; the error names what is wrong with it.
  package init(event: [UInt8]) throws(ProxyRequestError) {
    let members: JSONObject
    do throws(JSONError) {
      members = try JSONObject(parsing: event)
    } catch {
      throw ProxyRequestError(.notAnObject(error), shape: .rest)
    }
    if let foreign = ForeignEvent(members) { throw ProxyRequestError(.foreign(foreign), shape: .rest) }
    guard let sender = ProxySender(members) else { throw ProxyRequestError(.unknownSender, shape: .rest) }
    shape = sender.shape
    do throws(JSONError) {
      method = try sender.method.string()
      path = try sender.path.string()
      parameters = try members["pathParameters"]?.object()
      contentType = try Self.header("Content-Type", in: members)
    } catch {
      throw ProxyRequestError(.malformed(error), shape: sender.shape)
    }
    body = try Self.body(in: members, shape: sender.shape)
  }

  /// A parameter of the path, decoded exactly once; nil when the route has none of this name.
  package func pathParameter(_ name: String) throws(ProxyRequestError) -> String? {
    guard let value = parameters?[name] else { return nil }
    let text: String
    do throws(JSONError) {
      text = try value.string()
    } catch {
      throw ProxyRequestError(.malformed(error), shape: shape)
    }
    return try decoded(text)
  }

  /// The last segments of the path as they were delivered, so many at the most, without the slash that may end it: a
  /// REST API takes a path with it for the same. Before them stands whatever leads here, such as a stage.
  package func lastPathSegments(_ count: Int) -> [Substring] {
    var rest = path[...]
    // By bytes: a Character may be a slash with something before or behind it.
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
    guard shape.deliversEncodedPath else { return String(segment) }
    guard let text = PercentEncoding.decode(segment) else {
      throw ProxyRequestError(.badPercentEscape(String(segment)), shape: shape)
    }
    return text
  }

  /// A header's value: the single one, or the last of several, as API Gateway picks it.
  private static func header(_ name: StaticString, in members: JSONObject) throws(JSONError) -> String? {
    if let value = try header(name, of: members["headers"]) { return try value.string() }
    return try header(name, of: members["multiValueHeaders"])?.array().last?.string()
  }

  private static func header(_ name: StaticString, of headers: JSONValue?) throws(JSONError) -> JSONValue? {
    try headers?.object().members.first { $0.isNamed(inAnyCase: name) && $0.value.kind != .null }?.value
  }

  private static func body(in members: JSONObject, shape: ProxyShape) throws(ProxyRequestError) -> [UInt8] {
    guard let body = members["body"] else { return [] }
    let text: [UInt8]
    do throws(JSONError) {
      text = try body.utf8()
    } catch {
      throw ProxyRequestError(.badBody(error), shape: shape)
    }
    guard let flag = members["isBase64Encoded"], flag.isTrue else { return text }
    guard let bytes = Base64.decode(text) else { throw ProxyRequestError(.badBase64, shape: shape) }
    return bytes
  }
}
