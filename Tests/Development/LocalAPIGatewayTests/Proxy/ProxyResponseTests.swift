import DevelopmentTestSupport
import Foundation
import HTTPTypes
import JSONTree
import LocalServer
import SAMTemplate
import Testing

@testable import LocalAPIGateway

/// REST APIs follow LocalStack's recordings of AWS, `test_aws_proxy_response_payload_format_validation`.
@Suite("A function's response to an aws_proxy integration")
struct ProxyAnswerTests {
  private func response(
    _ payload: String, _ kind: APIKind, _ format: PayloadFormatVersion = .v2, accept: String? = nil,
    binaryMediaTypes: [String] = []
  ) throws(GatewayFailure) -> BufferedResponse {
    let request = ClientRequest.capture { request in
      request.headers = accept.map { [("Accept", $0)] } ?? []
    }
    return try ProxyIntegration.response(
      to: .on("/{proxy+}", of: .example(kind, binaryMediaTypes: binaryMediaTypes), request), payloadFormat: format,
      payload: Array(payload.utf8))
  }

  /// A response in one line: status, headers, body.
  private func line(_ response: BufferedResponse) -> String {
    let headers = response.headers.lines.joined(separator: ", ")
    return "\(response.status) [\(headers)] \(String(decoding: response.body, as: UTF8.self))"
  }

  @Test(
    "becomes a response of a REST API",
    arguments: [
      (#"{"statusCode":200}"#, "200 [Content-Type: application/json] "),
      (#"{}"#, "200 [Content-Type: application/json] "),
      (#"{"headers":{"test-header":"value"}}"#, "200 [test-header: value, Content-Type: application/json] "),
      (#"{"statusCode":"201","body":"é"}"#, "201 [Content-Type: application/json] é"),
      (#"{"statusCode":202.0,"body":null}"#, "202 [Content-Type: application/json] "),
      (#"{"statusCode":599,"isBase64Encoded":null}"#, "599 [Content-Type: application/json] "),
      (
        #"{"headers":{"a":"value","b":true,"c":false,"d":1.50,"e":null}}"#,
        "200 [a: value, b: true, c: false, d: 1.50, Content-Type: application/json] "
      ),
      (#"{"headers":null,"multiValueHeaders":null}"#, "200 [Content-Type: application/json] "),
      (#"{"headers":{"content-TYPE":"text/html"}}"#, "200 [content-TYPE: text/html] "),
      (#"{"headers":{"Content-Type":null}}"#, "200 [] "),
      (#"{"multiValueHeaders":{"m":["1","2"]}}"#, "200 [m: 1, m: 2, Content-Type: application/json] "),
      (
        #"{"headers":{"test-multi":"solo","x":"y"},"multiValueHeaders":{"tesT-Multi":["multi"]}}"#,
        "200 [tesT-Multi: multi, tesT-Multi: solo, x: y, Content-Type: application/json] "
      ),
      (
        #"{"headers":{"Connection":"close","Content-Length":"9","Date":"now","Server":"s","WWW-Authenticate":"Basic","#
          + #""Transfer-Encoding":"chunked","Via":"v"}}"#,
        "200 [x-amzn-Remapped-Connection: close, x-amzn-Remapped-Content-Length: 9, x-amzn-Remapped-Date: now, "
          + "x-amzn-Remapped-Server: s, x-amzn-Remapped-WWW-Authenticate: Basic, Via: v, Content-Type: application/json] "
      ),
      (#"{"body":"dGVzdA==","isBase64Encoded":true}"#, "200 [Content-Type: application/json] dGVzdA=="),
    ])
  func rest(payload: String, response: String) throws {
    #expect(try line(self.response(payload, .rest)) == response)
  }

  /// Payloads that are malformed in REST APIs and in format 1.0.
  static let malformed = [
    "", "x", "{", #""text""#, "null", "[]", "1", #"{"statusCode":"test"}"#, #"{"statusCode":true}"#,
    #"{"statusCode":{}}"#, #"{"statusCode":0}"#, #"{"statusCode":100}"#, #"{"statusCode":600}"#,
    #"{"statusCode":200.5}"#, #"{"statusCode":200,"body":{"a":1}}"#, #"{"statusCode":200,"body":1}"#,
    #"{"statusCode":200,"body":true}"#, #"{"statusCode":200,"body":["a"]}"#, #"{"statusCode":200,"headers":[]}"#,
    #"{"statusCode":200,"headers":"a: b"}"#, #"{"statusCode":200,"headers":{"a":["b"]}}"#,
    #"{"statusCode":200,"headers":{"a":{}}}"#, #"{"statusCode":200,"isBase64Encoded":"true"}"#,
  ]

  /// Malformed `multiValueHeaders`.
  static let malformedLists = [
    #"{"statusCode":200,"multiValueHeaders":{"a":"b"}}"#, #"{"statusCode":200,"multiValueHeaders":[]}"#,
    #"{"statusCode":200,"multiValueHeaders":{"a":[{}]}}"#,
  ]

  @Test(
    "that is malformed is a 502 of a REST API",
    arguments: malformed + malformedLists + [
      #"{"statusCode":200,"wrongValue":"value"}"#, #"{"statusCode":200,"statusDescription":"200 OK"}"#,
      #"{"statusCode":200,"cookies":["a=b"]}"#, #"{"errorMessage":"no","errorType":"Error"}"#,
    ])
  func malformedREST(payload: String) throws {
    let failure = try #require(throws: GatewayFailure.self) { try response(payload, .rest) }
    #expect(failure.type == .default5xx && failure.status == 502 && failure.message == "Internal server error")
    #expect(failure.cause?.hasPrefix("malformed proxy response: ") == true)
  }

  @Test("that is malformed is a 500 of an HTTP API, format 1.0", arguments: malformed + malformedLists + ["{}"])
  func malformedHTTP1(payload: String) throws {
    let failure = try #require(throws: GatewayFailure.self) { try response(payload, .http, .v1) }
    #expect(failure.status == 500 && failure.message == "Internal Server Error")
  }

  @Test("that is malformed is a 500 of an HTTP API, and a 502 of a function URL")
  func malformedVersion2() throws {
    let payloads =
      Self.malformed.filter { $0.contains("statusCode") || ["", "x", "{"].contains($0) } + [
        #"{"statusCode":200,"cookies":"a=b"}"#, #"{"statusCode":200,"cookies":[1]}"#,
      ]
    for payload in payloads {
      for (kind, status) in [(APIKind.http, 500), (.functionURL, 502)] {
        let failure = try #require(throws: GatewayFailure.self, "\(payload)") { try response(payload, kind) }
        #expect(failure.status == status && failure.message == "Internal Server Error", "\(payload)")
      }
    }
  }

  @Test(
    "becomes a response of an HTTP API, format 2.0",
    arguments: [
      (#"{"statusCode":200}"#, "200 [Content-Type: text/plain; charset=utf-8] "),
      (#"{"statusCode":"404","body":"x"}"#, "404 [Content-Type: text/plain; charset=utf-8] x"),
      (
        #"{"statusCode":200,"headers":{"content-type":"application/json"},"unknown":1,"multiValueHeaders":{"a":"b"}}"#,
        "200 [content-type: application/json] "
      ),
      (
        #"{"statusCode":200,"headers":{"Content-Type":"a/b","Set-Cookie":"a=1"},"cookies":["b=2; Secure","c=3"]}"#,
        "200 [Content-Type: a/b, Set-Cookie: a=1, Set-Cookie: b=2; Secure, Set-Cookie: c=3] "
      ),
      (
        #"{"statusCode":200,"headers":{"Content-Type":"a/b","Connection":"close","Content-Length":"9","Date":"now"}}"#,
        "200 [Content-Type: a/b, Date: now] "
      ),
      // Without a status code, the whole payload is the body.
      (#"{"a": [1, "b"]}"#, #"200 [Content-Type: application/json] {"a":[1,"b"]}"#),
      (#""Hello from Lambda!""#, "200 [Content-Type: application/json] Hello from Lambda!"),
      ("null", "200 [Content-Type: application/json] null"),
      ("{}", "200 [Content-Type: application/json] {}"),
      (#"{"body":"b"}"#, #"200 [Content-Type: application/json] {"body":"b"}"#),
      (#"{"errorMessage":"no"}"#, #"200 [Content-Type: application/json] {"errorMessage":"no"}"#),
    ])
  func http2(payload: String, response: String) throws {
    #expect(try line(self.response(payload, .http)) == response)
  }

  @Test("becomes a response of an HTTP API, format 1.0, with both maps of headers")
  func http1() throws {
    let payload = #"{"statusCode":201,"headers":{"a":"1"},"multiValueHeaders":{"A":["2","3"]},"unknown":{},"body":"x"}"#
    #expect(
      try line(response(payload, .http, .v1))
        == "201 [A: 2, A: 3, A: 1, Content-Type: text/plain; charset=utf-8] x")
  }

  @Test("becomes a response of a function URL, which defaults to JSON")
  func functionURL() throws {
    #expect(
      try line(response(#"{"statusCode":201,"body":"{}"}"#, .functionURL))
        == "201 [Content-Type: application/json] {}")
  }

  @Test(
    "is decoded by a REST API for a client that accepts a binary type first",
    arguments: [
      ("image/png", ["image/png"], true), ("image/png, */*", ["image/*"], true), (nil, ["*/*"], true),
      ("text/html, image/png", ["image/png"], false), (nil, ["image/png"], false), ("image/png", [], false),
    ] as [(String?, [String], Bool)])
  func base64REST(accept: String?, types: [String], isDecoded: Bool) throws {
    let payload = #"{"body":"dGVzdA==","isBase64Encoded":true}"#
    let response = try response(payload, .rest, accept: accept, binaryMediaTypes: types)
    #expect(String(decoding: response.body, as: UTF8.self) == (isDecoded ? "test" : "dGVzdA=="))
  }

  @Test("is decoded by an HTTP API and a function URL; invalid Base64 is the function's fault")
  func base64() throws {
    for (kind, format) in [(APIKind.http, PayloadFormatVersion.v1), (.http, .v2), (.functionURL, .v2)] {
      let response = try response(#"{"statusCode":200,"body":"/w==","isBase64Encoded":true}"#, kind, format)
      #expect(response.body == [0xff])
      #expect(throws: GatewayFailure.self) {
        try self.response(#"{"statusCode":200,"body":"?","isBase64Encoded":true}"#, kind, format)
      }
    }
    let failure = try #require(throws: GatewayFailure.self) {
      try response(#"{"body":"?","isBase64Encoded":true}"#, .rest, binaryMediaTypes: ["*/*"])
    }
    #expect(failure.type == .default5xx && failure.status == nil)
  }
}
