import JSONTree
import SAMTemplate
import Testing
import TestSupport

@testable import LocalAPIGateway

/// Whole events as a function gets them, byte for byte, except for ids, times and the trace.
@Suite("A function behind the gateway gets, over a real socket,", .timeLimit(.minutes(5)))
struct LocalGatewayEventTests {
  private static let headers = [
    "user-agent: probe/1.0", "Accept: */*", "Content-Type: application/json", "X-Repeat: one", "x-repeat: two",
    "Cookie: a=1; b=2",
  ]
  private static let body = Array(#"{"λ":"é\n"}"#.utf8)

  /// The event of a request. Well-formed ids, times and traces are replaced by fixed texts.
  private func event(_ routes: ProxyRoutes) async throws -> String {
    try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      let answer = try await gateway.answer(
        "POST " + routes.path("/a%20b/c%2Bd:3?x=1&x=2&y=a+b&z=a%2Bb"), [routes.host] + Self.headers, body: Self.body)
      #expect(answer.statusLine == "HTTP/1.1 200 OK")
      return answer.text
        .replacing(#/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/#, with: "UUID")
        .replacing(#/"(requestId|extendedRequestId)":"[A-Za-z0-9+\/]{15}="/#) { "\"\($0.1)\":\"EXTENDED\"" }
        .replacing(#/"(resourceId|deploymentId)":"[a-z0-9]{6}"/#) { "\"\($0.1)\":\"SIX\"" }
        .replacing(#/\d\d\/[A-Z][a-z][a-z]\/\d{4}:\d\d:\d\d:\d\d \+0000/#, with: "TIME")
        .replacing(#/"(requestTimeEpoch|timeEpoch)":\d{13}/#) { "\"\($0.1)\":EPOCH" }
        .replacing(#/Root=1-[0-9a-f]{8}-[0-9a-f]{24}/#, with: "TRACE")
        .replacing(APIDefinition.id(routes == .url ? "FunctionUrl" : routes == .rest ? "Rest" : "Http"), with: "API")
    }
  }

  @Test("a REST API's event")
  func rest() async throws {
    #expect(
      try await event(.rest) == #"""
        {"resource":"/rest/{one}/{two}","path":"/rest/a%20b/c%2Bd:3","httpMethod":"POST",\#
        "headers":{"Accept":"*/*","Content-Type":"application/json","Cookie":"a=1; b=2","Host":"gateway.localhost:3000",\#
        "User-Agent":"probe/1.0","X-Amzn-Trace-Id":"TRACE","X-Forwarded-For":"127.0.0.1","X-Forwarded-Port":"3000",\#
        "X-Forwarded-Proto":"http","X-Repeat":"two"},\#
        "multiValueHeaders":{"Accept":["*/*"],"Content-Type":["application/json"],"Cookie":["a=1; b=2"],\#
        "Host":["gateway.localhost:3000"],"User-Agent":["probe/1.0"],"X-Amzn-Trace-Id":["TRACE"],\#
        "X-Forwarded-For":["127.0.0.1"],"X-Forwarded-Port":["3000"],"X-Forwarded-Proto":["http"],\#
        "X-Repeat":["one","two"]},\#
        "queryStringParameters":{"x":"2","y":"a b","z":"a+b"},\#
        "multiValueQueryStringParameters":{"x":["1","2"],"y":["a b"],"z":["a+b"]},\#
        "pathParameters":{"one":"a%20b","two":"c%2Bd:3"},"stageVariables":null,\#
        "requestContext":{"resourceId":"SIX","resourcePath":"/rest/{one}/{two}","httpMethod":"POST",\#
        "extendedRequestId":"EXTENDED","requestTime":"TIME","path":"/live/rest/a%20b/c%2Bd:3",\#
        "accountId":"123456789012","protocol":"HTTP/1.1","stage":"live","domainPrefix":"API",\#
        "requestTimeEpoch":EPOCH,"requestId":"UUID",\#
        "identity":{"cognitoIdentityPoolId":null,"accountId":null,"cognitoIdentityId":null,"caller":null,\#
        "sourceIp":"127.0.0.1","principalOrgId":null,"accessKey":null,"cognitoAuthenticationType":null,\#
        "cognitoAuthenticationProvider":null,"userArn":null,"userAgent":"probe/1.0","user":null},\#
        "domainName":"API.execute-api.us-east-1.amazonaws.com","deploymentId":"SIX","apiId":"API"},\#
        "body":"{\"λ\":\"é\\n\"}","isBase64Encoded":false}
        """#)
  }

  @Test("an HTTP API's event of format 1.0")
  func http1() async throws {
    #expect(
      try await event(.httpV1) == #"""
        {"version":"1.0","resource":"/httpV1/{one}/{two}","path":"/httpV1/a b/c+d:3","httpMethod":"POST",\#
        "headers":{"Accept":"*/*","Content-Length":"13","Content-Type":"application/json","Cookie":"a=1; b=2",\#
        "Host":"gateway.localhost:3000","User-Agent":"probe/1.0","X-Amzn-Trace-Id":"TRACE",\#
        "X-Forwarded-For":"127.0.0.1","X-Forwarded-Port":"3000","X-Forwarded-Proto":"http","X-Repeat":"two"},\#
        "multiValueHeaders":{"Accept":["*/*"],"Content-Length":["13"],"Content-Type":["application/json"],\#
        "Cookie":["a=1; b=2"],"Host":["gateway.localhost:3000"],"User-Agent":["probe/1.0"],"X-Amzn-Trace-Id":["TRACE"],\#
        "X-Forwarded-For":["127.0.0.1"],"X-Forwarded-Port":["3000"],"X-Forwarded-Proto":["http"],\#
        "X-Repeat":["one","two"]},\#
        "queryStringParameters":{"x":"2","y":"a b","z":"a+b"},\#
        "multiValueQueryStringParameters":{"x":["1","2"],"y":["a b"],"z":["a+b"]},\#
        "pathParameters":{"one":"a b","two":"c+d:3"},"stageVariables":null,\#
        "requestContext":{"accountId":"123456789012","apiId":"API",\#
        "domainName":"API.execute-api.us-east-1.amazonaws.com","domainPrefix":"API",\#
        "extendedRequestId":"EXTENDED","httpMethod":"POST",\#
        "identity":{"accessKey":null,"accountId":null,"caller":null,"cognitoAmr":null,\#
        "cognitoAuthenticationProvider":null,"cognitoAuthenticationType":null,"cognitoIdentityId":null,\#
        "cognitoIdentityPoolId":null,"principalOrgId":null,"sourceIp":"127.0.0.1","user":null,\#
        "userAgent":"probe/1.0","userArn":null},\#
        "path":"/httpV1/a b/c+d:3","protocol":"HTTP/1.1","requestId":"EXTENDED","requestTime":"TIME",\#
        "requestTimeEpoch":EPOCH,"resourceId":"ANY /httpV1/{one}/{two}","resourcePath":"/httpV1/{one}/{two}",\#
        "stage":"$default"},\#
        "body":"{\"λ\":\"é\\n\"}","isBase64Encoded":false}
        """#)
  }

  @Test("an HTTP API's event of format 2.0")
  func http2() async throws {
    #expect(
      try await event(.httpV2) == #"""
        {"version":"2.0","routeKey":"ANY /httpV2/{one}/{two}","rawPath":"/httpV2/a b/c+d:3",\#
        "rawQueryString":"x=1&x=2&y=a+b&z=a%2Bb","cookies":["a=1","b=2"],\#
        "headers":{"accept":"*/*","content-length":"13","content-type":"application/json",\#
        "host":"gateway.localhost:3000","user-agent":"probe/1.0","x-amzn-trace-id":"TRACE",\#
        "x-forwarded-for":"127.0.0.1","x-forwarded-port":"3000","x-forwarded-proto":"http","x-repeat":"one,two"},\#
        "queryStringParameters":{"x":"1,2","y":"a b","z":"a+b"},\#
        "requestContext":{"accountId":"123456789012","apiId":"API",\#
        "domainName":"API.execute-api.us-east-1.amazonaws.com","domainPrefix":"API",\#
        "http":{"method":"POST","path":"/httpV2/a b/c+d:3","protocol":"HTTP/1.1","sourceIp":"127.0.0.1",\#
        "userAgent":"probe/1.0"},\#
        "requestId":"EXTENDED","routeKey":"ANY /httpV2/{one}/{two}","stage":"$default","time":"TIME",\#
        "timeEpoch":EPOCH},\#
        "pathParameters":{"one":"a b","two":"c+d:3"},"body":"{\"λ\":\"é\\n\"}","isBase64Encoded":false}
        """#)
  }

  @Test("a function URL's event, at the function's host name")
  func url() async throws {
    #expect(
      try await event(.url) == #"""
        {"version":"2.0","routeKey":"$default","rawPath":"/url/a%20b/c%2Bd:3",\#
        "rawQueryString":"x=1&x=2&y=a+b&z=a%2Bb","cookies":["a=1","b=2"],\#
        "headers":{"accept":"*/*","content-length":"13","content-type":"application/json","cookie":"a=1; b=2",\#
        "host":"function.lambda-url.localhost:3000","user-agent":"probe/1.0","x-amzn-trace-id":"TRACE",\#
        "x-forwarded-for":"127.0.0.1","x-forwarded-port":"3000","x-forwarded-proto":"http","x-repeat":"one,two"},\#
        "queryStringParameters":{"x":"1,2","y":"a b","z":"a+b"},\#
        "requestContext":{"accountId":"anonymous","apiId":"API",\#
        "domainName":"API.lambda-url.us-east-1.on.aws","domainPrefix":"API",\#
        "http":{"method":"POST","path":"/url/a b/c+d:3","protocol":"HTTP/1.1","sourceIp":"127.0.0.1",\#
        "userAgent":"probe/1.0"},\#
        "requestId":"UUID","routeKey":"$default","stage":"$default","time":"TIME","timeEpoch":EPOCH},\#
        "body":"{\"λ\":\"é\\n\"}","isBase64Encoded":false}
        """#)
  }

  @Test("the ids that the client gets in response headers")
  func ids() async throws {
    try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      let rest = try await gateway.answer("GET /rest")
      let event = try JSON(parsing: rest.body)
      #expect(rest.values("x-amzn-RequestId").map(JSON.string) == [event["requestContext"]?["requestId"]])
      #expect(rest.values("x-amz-apigw-id").map(JSON.string) == [event["requestContext"]?["extendedRequestId"]])
      let root = try #require(event["headers"]?["X-Amzn-Trace-Id"]?.string)
      #expect(rest.values("X-Amzn-Trace-Id").map { $0.hasPrefix("\(root);Parent=") } == [true])
      let http = try await gateway.answer("GET /httpV2")
      let id = try JSON(parsing: http.body)["requestContext"]?["requestId"]
      #expect(http.values("Apigw-Requestid").map(JSON.string) == [id])
    }
  }
}
