internal import HTTPTypes
internal import JSONTree
internal import LocalServer
internal import RawJSON

/// The response in a function's payload, validated by the rules of its format.
///
/// A REST API accepts five members and rejects all others; an HTTP API and a function URL ignore unknown ones. See
/// [REST
/// APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format)
/// and [HTTP
/// APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.response).
struct ProxyResponse {
  /// The status code, from 200 to 599. An interim one wouldn't end the exchange.
  private(set) var status = 200
  /// The header fields, before the gateway renames and adds some.
  private(set) var headers: HTTPFields = [:]
  /// The body as in the payload.
  private(set) var body = ""
  /// Whether the body is Base64.
  private(set) var isBase64Encoded = false
  /// Whether the gateway must not add a content type, because the function set that header to null.
  private(set) var hasNoContentType = false

  /// Parses a payload.
  init(_ payload: [UInt8], _ format: PayloadFormat) throws(ProxyFailure) {
    let document: JSON
    do { document = try JSON(parsing: payload) } catch { throw .malformedResponse("\(error)") }
    switch format {
    case .rest:
      try Self.refuseUnknown(document)
      try self.init(members: document)
      try add(singles: document["headers"], lists: document["multiValueHeaders"])
    case .httpV1:
      guard document["statusCode"] != nil else { throw .malformedResponse("statusCode is missing") }
      try self.init(members: document)
      try add(singles: document["headers"], lists: document["multiValueHeaders"])
    case .httpV2, .functionURL:
      guard document["statusCode"] != nil else {
        self.init(inferredFrom: document)
        return
      }
      try self.init(members: document)
      try add(singles: document["headers"], lists: nil)
      try add(cookies: document["cookies"])
    }
  }

  private init(members document: JSON) throws(ProxyFailure) {
    status = try Self.status(document["statusCode"])
    body = try Self.body(document["body"])
    isBase64Encoded = try Self.flag(document["isBase64Encoded"])
  }

  /// Uses a payload without a status code as the body; a string without its quotes.
  private init(inferredFrom document: JSON) {
    body = document.string ?? document.description
    headers = [.contentType: "application/json"]
  }

  /// Adds the headers of both maps. For a name in both, the list's values come first, and its spelling is used.
  private mutating func add(singles: JSON?, lists: JSON?) throws(ProxyFailure) {
    var singles = try Self.singles(singles)
    hasNoContentType = singles.contains { $0.name.lowercased() == "content-type" && $0.value == nil }
    for (name, values) in try Self.lists(lists) {
      for value in values { headers.add(name, value) }
      if let index = singles.firstIndex(where: { $0.name.lowercased() == name.lowercased() }),
        let value = singles.remove(at: index).value
      {
        headers.add(name, value)
      }
    }
    for case (let name, let value?) in singles { headers.add(name, value) }
  }

  private mutating func add(cookies: JSON?) throws(ProxyFailure) {
    for cookie in try Self.cookies(cookies) { headers.append(HTTPField(name: .setCookie, value: cookie)) }
  }
}
