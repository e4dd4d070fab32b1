import ProxyEvents
import RawJSON
import Testing

extension String {
  /// An event with additional members.
  fileprivate func adding(_ members: String) -> String { "{\(members),\(dropFirst())" }
}

@Suite("A proxy event")
struct ProxyRequestTests {
  private static let multiValue = #""multiValueHeaders":{"content-type":["application/json"]}"#

  @Test(
    "identifies its sender by its members",
    arguments: [
      (Events.rest(), .rest), (Events.httpV1(), .httpV1), (Events.httpV2(), .httpV2),
      (Events.httpV2(domain: "jobs.example.com"), .httpV2), (Events.functionURL(), .functionURL),
      (Events.httpV2(domain: "x.lambda-url.cn-north-1.on.amazonwebservices.com.cn"), .functionURL),
      (Events.loadBalancer(), .loadBalancer(multiValueHeaders: false)),
      (Events.loadBalancer(headers: multiValue), .loadBalancer(multiValueHeaders: true)),
      (
        Events.loadBalancer(headers: #""headers":{},"multiValueHeaders":null"#), .loadBalancer(multiValueHeaders: false)
      ),
      (#"{"httpMethod":"POST","path":"/"}"#, .rest),
      (#"{"httpMethod":"POST","path":"/","requestContext":null}"#, .rest),
      (#"{"httpMethod":"POST","path":"/","requestContext":7}"#, .rest),
      (#"{"rawPath":"/","requestContext":{"http":{"method":"GET"}}}"#, .httpV2),
      (#"{"rawPath":"/","requestContext":{"domainName":null,"http":{"method":"GET"}}}"#, .httpV2),
    ] as [(String, PayloadFormat)])
  func format(event: String, format: PayloadFormat) throws {
    #expect(try request(event).format == format)
  }

  @Test(
    "from another service is rejected, with a REST API as its sender",
    arguments: [
      "{}", #"{"Records":null}"#, #"{"httpMethod":"POST"}"#, #"{"path":"/"}"#,
      #"{"rawPath":"/"}"#,
      #"{"rawPath":"/","requestContext":{}}"#, #"{"requestContext":{"http":{"method":"GET"}}}"#,
      #"{"httpMethod":null,"path":"/"}"#,
      #"{"detail":{}}"#, #"{"jobName":"x"}"#, #"{"HTTPMETHOD":"POST","PATH":"/"}"#,
    ])
  func unknownSender(event: String) {
    let error = #expect(throws: ProxyRequestError.self) { try request(event) }
    #expect(error?.reason == .unknownSender)
    #expect(error?.format == .rest)
  }

  @Test(
    "that is not an HTTP request is recognized by a member that no HTTP request has",
    arguments: [
      #"{"Records":[{"eventSource":"aws:sqs","body":"{}"}]}"#, #"{"Records":[]}"#, #"{"Record\u0073":[]}"#,
      #"{"detail-type":"x","detail":{}}"#, #"{"records":{},"eventSource":"aws:kafka"}"#, #"{"awslogs":{"data":""}}"#,
      #"{"type":"TOKEN","methodArn":"arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*","authorizationToken":"x"}"#,
      Events.rest().adding(#""type":"REQUEST","methodArn":"arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*""#),
      Events.httpV2().adding(#""type":"REQUEST","routeArn":"arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*""#),
      Events.rest().adding(#""authorizationToken":"x""#), Events.functionURL().adding(#""Records":[]"#),
    ])
  func foreign(event: String) throws {
    let error = try #require(throws: ProxyRequestError.self) { try request(event) }
    guard case .foreign(let foreign) = error.reason else {
      Issue.record("\(error)")
      return
    }
    #expect(error.description.contains(foreign.description))
    #expect(error.description.contains("AWS Batch jobs"))
  }

  @Test(
    "that is not a JSON object is rejected",
    arguments: ["", "null", "[]", "\"text\"", "{", "{\"a\":1,}", "POST /", "\u{0}", "1"])
  func notAnObject(event: String) {
    let error = #expect(throws: ProxyRequestError.self) { try request(event) }
    guard case .notAnObject = error?.reason else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.format == .rest)
  }

  @Test("with a wrong type in a member that is read is rejected, with its own sender")
  func malformed() {
    let events: [(String, PayloadFormat)] = [
      (#"{"httpMethod":1,"path":"/"}"#, .rest), (#"{"httpMethod":"POST","path":{}}"#, .rest),
      (#"{"httpMethod":"POST","path":"/","pathParameters":"x"}"#, .rest),
      (#"{"httpMethod":"POST","path":"/","headers":[]}"#, .rest),
      (Events.rest(headers: #"{"content-type":7}"#), .rest),
      (#"{"rawPath":1,"requestContext":{"http":{"method":"GET"}}}"#, .httpV2),
      (Events.httpV2(parameters: "[]"), .httpV2),
      (
        Events.loadBalancer(headers: #""multiValueHeaders":{"content-type":"x"}"#),
        .loadBalancer(multiValueHeaders: true)
      ),
    ]
    for (event, format) in events {
      let error = #expect(throws: ProxyRequestError.self, "\(event)") { try request(event) }
      if case .malformed = error?.reason {} else { Issue.record("\(event): \(String(describing: error))") }
      #expect(error?.format == format)
    }
  }

  @Test("can have null, unusual or unknown values in all members that are not read")
  func oddValues() throws {
    let event = """
      {"httpMethod":"POST","path":"/p","version":1.0,"headers":null,"multiValueHeaders":null,"queryStringParameters":7,
       "pathParameters":null,"stageVariables":[],"requestContext":{"requestTimeEpoch":1e400,"identity":"\\ud800",
       "n":123456789012345678901234567890},"body":null,"isBase64Encoded":"true","cookies":{},"new":[[[]]]}
      """
    let request = try request(event)
    #expect(request.format == .rest)
    #expect(request.method == "POST")
    #expect(request.body.isEmpty)
    #expect(request.contentType == nil)
    #expect(try request.pathParameter("jobQueue") == nil)
  }

  @Test("has a method and a path, wherever its sender puts them")
  func methodAndPath() throws {
    for event in [Events.rest(), Events.httpV1(), Events.httpV2(), Events.functionURL(), Events.loadBalancer()] {
      let request = try request(event)
      #expect(request.method == "POST")
      #expect(request.lastPathSegments(3) == ["jobs", "reports", "render"])
    }
    #expect(try request(Events.functionURL(method: "GET")).method == "GET")
  }

  @Test(
    "returns the last segments of its path as delivered, including empty ones, without a trailing slash",
    arguments: [
      ("/a//b%2Fc/", ["a", "", "b%2Fc"]), ("/a//b%2Fc", ["a", "", "b%2Fc"]), ("/x/y/a/b/c", ["a", "b", "c"]),
      ("/a/b", ["a", "b"]), ("/a//", ["a", ""]), ("/", []), ("", []), ("a/b", ["b"]),
    ])
  func segments(path: String, last: [Substring]) throws {
    #expect(try request(Events.functionURL(path: path)).lastPathSegments(3) == last)
  }

  @Test(
    "has a content type, whatever the case of the header's name",
    arguments: [
      (#"{"Content-Type":"a/b"}"#, "null", "a/b"), (#"{"content-type":"a/b"}"#, "null", "a/b"),
      (#"{"CONTENT-TYPE":"a/b"}"#, "null", "a/b"),
      (#"{"Accept":"x/y","cOnTeNt-TyPe":"a/b; charset=utf-8"}"#, "null", "a/b; charset=utf-8"),
      (#"{"content\u002dtype":"a/b"}"#, "null", "a/b"),
      // The single value first; the last of several otherwise
      ("null", #"{"content-type":["a/b"]}"#, "a/b"), ("null", #"{"Content-Type":["x/y","a/b"]}"#, "a/b"),
      (#"{"Content-Type":"a/b"}"#, #"{"Content-Type":["x/y","a/b"]}"#, "a/b"),
      ("{}", #"{"content-type":["a/b"]}"#, "a/b"),
      (#"{"Content-Type":null}"#, #"{"Content-Type":["a/b"]}"#, "a/b"),
      // None
      ("null", "null", nil), ("{}", "{}", nil), (#"{"Content-Type":null}"#, "null", nil),
      ("null", #"{"content-type":[]}"#, nil),
      ("null", #"{"content-type":null}"#, nil),
      (#"{"X-Content-Type":"x/y","Content-Type-Options":"x","Content":"x"}"#, "null", nil),
    ] as [(String, String, String?)])
  func contentType(headers: String, multiValueHeaders: String, contentType: String?) throws {
    #expect(try request(Events.rest(headers: headers, multiValueHeaders: multiValueHeaders)).contentType == contentType)
  }

  @Test("can have unusual values in headers that are not read")
  func oddHeaders() throws {
    let headers = #"{"X-N":1,"X-L":["a"],"X-O":{},"\ud800":"x","content-type":"a/b","X-B":false}"#
    #expect(try request(Events.rest(headers: headers)).contentType == "a/b")
  }

  @Test(
    "has a body: the text unchanged, or decoded from Base64 if the flag is true",
    arguments: [
      ("null", "false", ""), ("null", "true", ""), (#""""#, "false", ""), (#""""#, "true", ""),
      (#""{\"a\":\"\u00e9\"}""#, "false", #"{"a":"é"}"#),
      (#""eyJhIjoxfQ==""#, "true", #"{"a":1}"#), (#""eyJhIjoxfQ==""#, "false", "eyJhIjoxfQ=="),
      (#""eyJhIjoxfQ==""#, "null", "eyJhIjoxfQ=="),
      (#""e30=""#, #""true""#, "e30="), (#""e30=""#, "1", "e30="),
      (#""{\"a\":\"\\ud800\"}""#, "false", #"{"a":"\ud800"}"#),
    ])
  func body(body: String, base64: String, decoded: String) throws {
    #expect(try request(Events.rest(body: body, base64: base64)).body == Array(decoded.utf8))
  }

  @Test(
    "with a body that is not a string, or not valid text, is rejected",
    arguments: ["{}", "[]", "1", "true", #""\ud800""#])
  func badBody(body: String) {
    let error = #expect(throws: ProxyRequestError.self) { try request(Events.rest(body: body)) }
    if case .badBody = error?.reason {} else { Issue.record("\(String(describing: error))") }
  }

  @Test(
    "with a body that is marked as Base64 but is not valid Base64 is rejected",
    arguments: ["{}", "e30", "e30=\\n", "e3 0=", "e30=="])
  func badBase64(body: String) {
    let error = #expect(throws: ProxyRequestError.self) {
      try request(Events.rest(body: "\"\(body)\"", base64: "true"))
    }
    #expect(error?.reason == .badBase64)
    #expect(error?.format == .rest)
  }

  private func request(_ event: String) throws(ProxyRequestError) -> ProxyRequest {
    try ProxyRequest(event: Array(event.utf8))
  }
}
