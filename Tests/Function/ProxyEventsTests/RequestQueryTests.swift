import Testing

@testable import ProxyEvents

@Suite("The query")
struct RequestQueryTests {
  /// `?status=A&status=B&reason=a+b%2Bc%C3%A9%26&empty=&bare`, as each sender delivers it.
  private static let decoded = #"{"status":["A","B"],"reason":["a b+cé&"],"empty":[""],"bare":[""]}"#
  private static let encoded = #"{"status":["A","B"],"reason":["a+b%2Bc%C3%A9%26"],"empty":[""],"bare":[""]}"#
  private static let raw = "status=A&status=B&reason=a+b%2Bc%C3%A9%26&empty=&bare"
  private static let single = #"{"status":"B","reason":"a+b%2Bc%C3%A9%26","empty":"","bare":null}"#

  @Test(
    "is the same from every sender, decoded once, with every value of a repeated parameter",
    arguments: [
      rest(#""queryStringParameters":{"status":"B"},"multiValueQueryStringParameters":\#(decoded)"#),
      "{\"version\":\"1.0\",\(rest(#""multiValueQueryStringParameters":\#(decoded)"#).dropFirst())",
      version2(raw), version2(raw, domain: "x7y8.lambda-url.us-east-1.on.aws"),
      loadBalancer(#""multiValueQueryStringParameters":\#(encoded),"multiValueHeaders":{}"#),
    ])
  func same(event: String) throws {
    #expect(try query(event) == ["status=A", "status=B", "reason=a b+cé&", "empty=", "bare="])
  }

  @Test("of a load balancer without multi-value headers has one value for each parameter")
  func single() throws {
    #expect(
      try query(Self.loadBalancer(#""queryStringParameters":\#(Self.single)"#))
        == ["status=B", "reason=a b+cé&", "empty=", "bare="])
  }

  @Test(
    "may be missing, null or empty",
    arguments: [
      rest(#""queryStringParameters":null,"multiValueQueryStringParameters":null"#), rest(#""x":1"#), version2(""),
      version2("&&"), loadBalancer(#""queryStringParameters":{}"#),
    ])
  func empty(event: String) throws {
    #expect(try query(event).isEmpty)
  }

  @Test(
    "with a bad escape is refused, unless the sender has decoded it",
    arguments: [
      (version2("a=%"), false), (version2("%zz=1"), false), (version2("a=%ff"), false),
      (loadBalancer(#""queryStringParameters":{"a":"%4"}"#), false),
      (rest(#""multiValueQueryStringParameters":{"a":["100%"]}"#), true),
    ])
  func badEscape(event: String, isAccepted: Bool) throws {
    if isAccepted {
      #expect(try query(event) == ["a=100%"])
      return
    }
    let error = #expect(throws: ProxyRequestError.self) { try query(event) }
    guard case .badQueryEscape? = error?.reason else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(
    "of the wrong type is a malformed event",
    arguments: [rest(#""queryStringParameters":7"#), rest(#""queryStringParameters":{"a":7}"#)])
  func malformed(event: String) {
    let error = #expect(throws: ProxyRequestError.self) { try query(event) }
    guard case .malformed? = error?.reason else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("and a header's lines are found in either map, whatever the case of its name")
  func headers() throws {
    for (event, lines) in [
      (#"{"IF-none-match":"a"}"#, ["a"]), (#"{"if-none-match":"a,b","x":"y"}"#, ["a,b"]), ("null", []), ("{}", []),
      (#"{"if-none-match":null}"#, []),
    ] {
      let request = try ProxyRequest(event: Array(Events.httpV2(headers: event).utf8))
      #expect(request.headers("If-None-Match") == lines)
    }
    let event = Events.rest(
      headers: #"{"If-None-Match":"b"}"#, multiValueHeaders: #"{"If-None-Match":["a","b"]}"#)
    #expect(try ProxyRequest(event: Array(event.utf8)).headers("If-None-Match") == ["a", "b"])
  }

  private func query(_ event: String) throws -> [String] {
    try ProxyRequest(event: Array(event.utf8)).queryParameters().map { "\($0.name)=\($0.value)" }
  }

  private static func rest(_ members: String) -> String {
    #"{"resource":"/","path":"/queues/q/jobs","httpMethod":"GET","requestContext":{},\#(members)}"#
  }

  private static func version2(_ query: String, domain: String = "a1.execute-api.us-east-1.amazonaws.com") -> String {
    """
    {"version":"2.0","rawPath":"/queues/q/jobs","rawQueryString":"\(query)","queryStringParameters":{"status":"A,B"},
     "requestContext":{"domainName":"\(domain)","http":{"method":"GET"}}}
    """
  }

  private static func loadBalancer(_ members: String) -> String {
    #"{"requestContext":{"elb":{}},"path":"/queues/q/jobs","httpMethod":"GET",\#(members)}"#
  }
}
