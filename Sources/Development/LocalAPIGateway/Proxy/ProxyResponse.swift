internal import HTTPTypes
internal import JSONTree
internal import RawJSON

/// The response in what a function posted, checked as its format's gateway checks it.
///
/// A REST API takes five members and refuses all others; an HTTP API and a function URL pass over those they don't
/// know. See [REST
/// APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format)
/// and [HTTP
/// APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.response).
struct ProxyResponse {
  /// The status code, 200 to 599: an interim one would end no exchange.
  private(set) var status = 200
  /// The header fields, before the gateway renames and adds some.
  private(set) var headers: HTTPFields = [:]
  /// The body as it stands in the answer.
  private(set) var body = ""
  /// Whether the body is Base64.
  private(set) var isBase64Encoded = false
  /// Whether the content type that the gateway adds is left out: a header of this name is null.
  private(set) var hasNoContentType = false

  /// Reads a payload.
  init(_ payload: [UInt8], _ format: PayloadFormat) throws(ProxyFailure) {
    let answer: JSON
    do { answer = try JSON(parsing: payload) } catch { throw .malformedResponse("\(error)") }
    switch format {
    case .rest:
      try Self.refuseUnknown(answer)
      try self.init(members: answer)
      try add(singles: answer["headers"], lists: answer["multiValueHeaders"])
    case .http1:
      guard answer["statusCode"] != nil else { throw .malformedResponse("statusCode is missing") }
      try self.init(members: answer)
      try add(singles: answer["headers"], lists: answer["multiValueHeaders"])
    case .http2, .functionURL:
      guard answer["statusCode"] != nil else {
        self.init(inferredFrom: answer)
        return
      }
      try self.init(members: answer)
      try add(singles: answer["headers"], lists: nil)
      try add(cookies: answer["cookies"])
    }
  }

  private init(members answer: JSON) throws(ProxyFailure) {
    status = try Self.status(answer["statusCode"])
    body = try Self.body(answer["body"])
    isBase64Encoded = try Self.flag(answer["isBase64Encoded"])
  }

  /// A payload without a status code is the body itself; a string is its text.
  private init(inferredFrom answer: JSON) {
    body = answer.string ?? answer.description
    headers = [.contentType: "application/json"]
  }

  /// Adds the headers of both maps. Of a name in both, the values of the list come first, and its spelling counts.
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
