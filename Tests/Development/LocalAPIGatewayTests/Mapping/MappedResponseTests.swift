import DevelopmentTestSupport
import HTTPTypes
import JSONTree
import LocalServer
import SAMTemplate
import Testing

@testable import LocalAPIGateway

@Suite("The response of an aws integration")
struct MappedResponseTests {
  @Test(
    "is the first whose pattern matches the whole status, or else the default one",
    arguments: [
      (200, 200), (201, 200), (400, 400), (403, 502), (429, 429), (500, 502), (503, 502), (302, 204), (40, 204),
    ])
  func selection(status: Int, response: Int) async throws {
    var exchange = Exchange()
    try exchange.integration.addResponse(#"2\d{2}"#, status: 200)
    try exchange.integration.addResponse("400", status: 400)
    try exchange.integration.addResponse(#"5\d{2}|403"#, status: 502)
    try exchange.integration.addResponse("429", status: 429)
    // A prefix isn't enough, and a later match doesn't count.
    try exchange.integration.addResponse("40", status: 418)
    try exchange.integration.addResponse("400", status: 418)
    exchange.integration.responses.removeAll { $0.status == 418 && $0.pattern == "40" && status == 40 }
    try exchange.integration.addResponse(status: 204)
    #expect(try await exchange.response(to: BufferedResponse(status: status)).status == response)
  }

  @Test("turns an error into a success if only the default has a response")
  func loneDefault() async throws {
    var exchange = Exchange()
    try exchange.integration.addResponse("", status: 200)
    let answer = BufferedResponse(status: 400, body: Array(#"{"message":"no queue"}"#.utf8))
    #expect(
      try await exchange.response(to: answer)
        == BufferedResponse(
          status: 200, headers: [("Content-Type", "application/json")], body: answer.body))
  }

  @Test("fails if no response matches, or if the method doesn't declare its status")
  func noResponse() async throws {
    var exchange = Exchange()
    try exchange.integration.addResponse("200")
    let none = try await failure(exchange, BufferedResponse(status: 403))
    #expect(none?.type == .apiConfigurationError)
    #expect(none?.cause?.contains("403") == true)
    exchange.integration.methodResponses = [201]
    let undeclared = try await failure(exchange, BufferedResponse(status: 200))
    #expect(undeclared?.cause?.contains("declares no response 200") == true)
  }

  private func failure(_ exchange: Exchange, _ answer: BufferedResponse) async throws -> GatewayFailure? {
    await #expect(throws: GatewayFailure.self) { try await exchange.response(to: answer) }
  }

  @Test("has only those headers of the service that are mapped and have a value")
  func headers() async throws {
    var exchange = Exchange(stageVariables: ["v": "stage"])
    try exchange.integration.addResponse(
      nil, status: 200,
      [
        "A": "integration.response.header.X-Twice", "B": "integration.response.multivalueheader.x-twice",
        "C": "integration.response.body.jobId", "D": "integration.response.body.list[0]", "E": "'static'",
        "F": "context.requestId", "G": "stageVariables.v", "H": "integration.response.header.nope",
        "I": "integration.response.body.nope", "J": "context.nope", "K": "integration.response.body",
      ])
    let answer = BufferedResponse(
      status: 200,
      headers: [
        ("X-Twice", "1"), ("x-twice", "2"), ("Set-Cookie", "c"),
        ("Content-Type", "application/x-other"),
      ], body: Array(#"{"jobId":"j","list":[{"a":1}]}"#.utf8))
    let response = try await exchange.response(to: answer)
    #expect(
      response.headers.lines == [
        "A: 2", "B: 1", "B: 2", "C: j", #"D: {"a":1}"#, "E: static", "F: c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
        "G: stage", #"K: {"jobId":"j","list":[{"a":1}]}"#, "Content-Type: application/json",
      ])
  }

  @Test("fails if a header is mapped from a body that isn't JSON, or would break the message")
  func unmappable() async throws {
    var exchange = Exchange()
    try exchange.integration.addResponse(nil, status: 200, ["A": "integration.response.body.jobId"])
    #expect(try await failure(exchange, BufferedResponse(status: 200, body: Array("<html>".utf8))) != nil)
    let split = Array(#"{"jobId":"a\r\nSet-Cookie: b"}"#.utf8)
    #expect(try await failure(exchange, BufferedResponse(status: 200, body: split)) != nil)
  }

  /// From LocalStack's test_apigateway_integrations.snapshot.json, test_apigateway_header_remapping_aws: recorded from
  /// AWS on 2024-12-11, full-integration.
  @Test("has headers that belong to the gateway under another name")
  func remapping() async throws {
    let remapped = [
      "Authorization", "Connection", "Content-Length", "Content-MD5", "Date", "Expect", "Host", "Max-Forwards",
      "Proxy-Authenticate", "Server", "Trailer", "Upgrade", "User-Agent", "WWW-Authenticate",
    ]
    let kept = [
      "Accept", "Accept-Charset", "Accept-Encoding", "Age", "Content-Encoding", "Content-Type", "Pragma", "Range",
      "Referer", "TE", "Via", "Warn",
    ]
    var exchange = Exchange()
    exchange.integration.methodResponses = [200]
    exchange.integration.responses = [
      try IntegrationResponse(
        pattern: nil, status: 200,
        parameters: (remapped + kept + ["Transfer-Encoding"]).map {
          ("method.response.header.\($0)", "'response_\($0)'")
        })
    ]
    let response = try await exchange.response(to: BufferedResponse(status: 200))
    #expect(
      response.headers.lines
        == remapped.map { "x-amzn-Remapped-\($0): response_\($0)" } + kept.map { "\($0): response_\($0)" })
  }

  @Test(
    "has the output of the template for the first type in Accept, or for JSON, or of the first one",
    arguments: [
      ("text/xml", ["text/plain", "application/json", "text/xml"], "text/xml"),
      ("*/*", ["text/plain", "application/json"], "application/json"), (nil, ["text/plain"], "text/plain"),
      ("text/html, */*", ["b/b", "a/a"], "b/b"), ("text/xml", [], "answer"),
      ("Text/XML;q=0.9, a/a", ["a/a", "text/xml"], "text/xml"),
      ("application/json, text/plain, */*", ["text/plain", "application/json;x=y"], "application/json;x=y"),
    ] as [(String?, [String], String)])
  func template(accept: String?, types: [String], body: String) async throws {
    var exchange = Exchange(headers: accept.map { [("Accept", $0)] } ?? [])
    exchange.integration.methodResponses = [200]
    exchange.integration.responses = [
      try IntegrationResponse(
        pattern: nil, status: 200, templates: try types.map { ($0, try MappingTemplate($0)) })
    ]
    let response = try await exchange.response(to: BufferedResponse(status: 200, body: Array("answer".utf8)))
    #expect(response.text == body)
    #expect(response.header("Content-Type") == "application/json")
  }

  @Test("is built from the service's body and the client's parameters")
  func input() async throws {
    var exchange = Exchange(query: "q=1", body: #"{"message": "client's"}"#)
    try exchange.integration.addResponse(
      templates: [
        "application/json": #"{"type":"about:blank","detail":$input.json('$.message'),"q":"$input.params('q')"}"#
      ])
    let answer = BufferedResponse(status: 400, body: Array(#"{"message":"it's \"so\""}"#.utf8))
    #expect(
      try await exchange.response(to: answer).text == #"{"type":"about:blank","detail":"it's \"so\"","q":"1"}"#)
    try exchange.integration.addResponse("204", templates: ["application/json": "$input.body"])
    #expect(try await exchange.response(to: BufferedResponse(status: 204)).text == "{}")
  }

  @Test(
    "has the status that a mapping template sets, if valid",
    arguments: [
      ("404", 404), ("201", 201), ("599", 599), ("199", 200), ("600", 200), ("\"404\"", 200), ("404.0", 200),
      ("$nope", 200),
    ])
  func status(value: String, status: Int) async throws {
    var exchange = Exchange()
    try exchange.integration.addResponse(
      templates: ["application/json": "#set($context.responseOverride.status = \(value))"])
    #expect(try await exchange.response(to: BufferedResponse(status: 200)).status == status)
  }

  @Test("prefers the template's headers to mapped ones")
  func overrides() async throws {
    var exchange = Exchange()
    try exchange.integration.addResponse(
      nil, status: 200, ["X-A": "'mapped'", "Content-Type": "'text/plain'"],
      templates: [
        "application/json": """
        #set($context.responseOverride.header.x-a = "set")\
        #set($context.responseOverride.header.Content-Type = "application/problem+json")\
        #set($context.responseOverride.header.X-B = ["1", "2"])
        """
      ])
    let response = try await exchange.response(to: BufferedResponse(status: 200))
    #expect(
      response.headers.lines == [
        "x-a: set", "Content-Type: application/problem+json", "X-B: 1", "X-B: 2",
      ])
  }

  @Test("fails with the mapping template's name, line and column")
  func failingTemplate() async throws {
    var exchange = Exchange()
    try exchange.integration.addResponse("200", templates: ["text/xml": "\n\n$input.path('$.')"])
    let failure = try await failure(exchange, BufferedResponse(status: 200))
    #expect(failure?.type == .apiConfigurationError)
    #expect(failure?.cause?.hasPrefix("response template text/xml of 200, line 3, column ") == true)
  }

  @Test("passes on the reason for a missing response")
  func noAnswer() async throws {
    var exchange = Exchange()
    try exchange.integration.addResponse()
    await #expect(throws: GatewayFailure.integrationTimeout) {
      try await exchange.integration.respond(to: exchange.routed, traceID: Exchange.traceID, action: Exchange.action) {
        (_) throws(GatewayFailure) in throw .integrationTimeout
      }
    }
  }

  @Test(
    "has its body converted according to contentHandling",
    arguments: [
      (nil, "image/png", "image/png", [0xff], [0xff]), (nil, "image/png", "text/plain", [0xff], Array("/w==".utf8)),
      (nil, "text/plain", "text/plain", [0xff], Array("\u{fffd}".utf8)),
      (nil, "text/plain", "image/png", Array("/w==".utf8), [0xff]),
      (.convertToText, "image/png", "image/png", [0xff], Array("/w==".utf8)),
      (.convertToBinary, "text/plain", "text/plain", Array("/w==".utf8), [0xff]),
      (.convertToBinary, "image/png", "text/plain", [0xff], [0xff]),
    ] as [(MappedIntegration.ContentHandling?, String, String, [UInt8], [UInt8])])
  func contentHandling(
    handling: MappedIntegration.ContentHandling?, type: String, accept: String, sent: [UInt8], body: [UInt8]
  ) async throws {
    var exchange = Exchange(headers: [("Accept", accept)], binaryMediaTypes: ["image/png"])
    try exchange.integration.addResponse(nil, status: 200, [:], templates: [:], handling)
    let answer = BufferedResponse(status: 200, headers: [("content-type", type)], body: sent)
    #expect(try await exchange.response(to: answer).body == body)
  }

  @Test(
    "can't have invalid mappings or patterns",
    arguments: [
      (nil, "method.response.header.X", "method.request.header.X"), (nil, "method.response.body", "'x'"),
      (nil, "method.response.header.a:b", "'x'"), (nil, "method.response.header.X", "integration.response.path.x"),
      ("(", "method.response.header.X", "'x'"), (nil, "method.response.header.X", "integration.response.body.["),
    ] as [(String?, String, String)])
  func unreadable(pattern: String?, destination: String, source: String) {
    #expect(throws: MappingError.self) {
      try IntegrationResponse(pattern: pattern, status: 200, parameters: [(destination, source)])
    }
  }
}
