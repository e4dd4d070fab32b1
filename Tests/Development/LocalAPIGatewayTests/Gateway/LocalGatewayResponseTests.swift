import Foundation
import JSONTree
import TestSupport
import Testing

@testable import LocalAPIGateway

@Suite("Over a real socket, a response from the gateway itself", .timeLimit(.minutes(2)))
struct LocalGatewayResponseTests {
  /// A route that validates, and accepts only JSON.
  private let route = DirectRoute(
    integration: """
      passthroughBehavior: never
      timeoutInMillis: 200
      requestTemplates: {application/json: '$input.body'}
      responses: {default: {statusCode: 200}}
      """,
    method: """
      x-amazon-apigateway-request-validator: all
      parameters: [{in: header, name: X-Tenant, required: true, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {type: object, required: [name]}}}}
      responses: {'200': {}}
      """,
    document:
      "x-amazon-apigateway-request-validators: {all: {validateRequestBody: true, validateRequestParameters: true}}")

  private static let large = [UInt8](repeating: 0x61, count: 10 * 1024 * 1024 + 1)

  /// A request for each type of response.
  private static let requests: [(type: String, line: String, headers: [String], body: [UInt8])] = [
    ("MISSING_AUTHENTICATION_TOKEN", "GET /jobs/a", [], []),
    ("BAD_REQUEST_PARAMETERS", "POST /jobs/a", [], []),
    ("BAD_REQUEST_BODY", "POST /jobs/a", ["X-Tenant: t", "Content-Type: application/json"], Array("{}".utf8)),
    ("UNSUPPORTED_MEDIA_TYPE", "POST /jobs/a", ["X-Tenant: t", "Content-Type: text/plain"], Array("{}".utf8)),
    ("REQUEST_TOO_LARGE", "POST /jobs/a", ["X-Tenant: t"], large),
    (
      "INTEGRATION_TIMEOUT", "POST /jobs/a", ["X-Tenant: t", "Content-Type: application/json"],
      Array(#"{"name": 1}"#.utf8)
    ),
  ]

  @Test("has API Gateway's status, message and x-amzn-ErrorType")
  func standard() async throws {
    let expected = [
      "403 MissingAuthenticationTokenException {\"message\":\"Missing Authentication Token\"}",
      "400 BadRequestException {\"message\":\"Missing required request parameters: [X-Tenant]\"}",
      "400 BadRequestException {\"message\":\"Invalid request body\"}",
      "415 BadRequestException {\"message\":\"Unsupported Media Type\"}",
      "413 RequestTooLargeException {\"message\":\"Request Too Long\"}",
      "504 InternalServerErrorException {\"message\":\"Endpoint request timed out\"}",
    ]
    try await route.serving(.stall) { gateway, _ in
      var seen: [String] = []
      for (_, line, headers, body) in Self.requests {
        let answer = try await gateway.answer(line, headers, body: body)
        seen.append("\(answer.status) \(answer.values("x-amzn-ErrorType").joined()) \(answer.text)")
        #expect(answer.values("Content-Type") == ["application/json"])
        for own in ["x-amzn-RequestId", "x-amz-apigw-id"] { #expect(answer.values(own).count == 1, "\(own)") }
        #expect(answer.values("X-Amzn-Trace-Id").isEmpty)
      }
      #expect(seen == expected)
    }
  }

  @Test("follows the template's customization, with variables of the failure and the request")
  func customized() async throws {
    var route = route
    route.document += "\nx-amazon-apigateway-gateway-responses:\n"
    for (index, (type, _, _, _)) in Self.requests.enumerated() {
      route.document += """
          \(type):
            statusCode: \(420 + index)
            responseParameters:
              gatewayresponse.header.X-Static: "'s'"
              gatewayresponse.header.X-Path: method.request.path.queue
              gatewayresponse.header.X-Query: method.request.querystring.q
              gatewayresponse.header.X-Violations: context.error.validationErrorString
              gatewayresponse.header.x-amzn-errortype: context.error.responseType
            responseTemplates:
              application/problem+json: >-
                {"m":$context.error.messageString,"p":"$context.error.message","t":"$context.error.responseType",\
          "i":"$context.requestId","n":"$context.nothing","d":"$5 $x.y"}

        """
    }
    try await route.serving(.stall) { gateway, _ in
      for (index, (type, line, headers, body)) in Self.requests.enumerated() {
        let answer = try await gateway.answer("\(line)?q=%22%0Ad", headers, body: body)
        #expect(answer.status == 420 + index)
        #expect(answer.values("X-Static") == ["s"])
        // A caller's line break doesn't start a new header.
        #expect(answer.values("X-Query").map { $0.hasPrefix("\"") } == [true])
        #expect(answer.values("x-amzn-ErrorType") == [type])
        #expect(answer.values("Content-Type") == ["application/problem+json"])
        let json = try JSON(parsing: answer.body)
        #expect(json["t"] == .string(type))
        #expect(json["m"] == json["p"])
        #expect(json["i"]?.string == answer.values("x-amzn-RequestId").first)
        #expect(json["n"] == .string(""))
        #expect(json["d"] == .string("$5 $x.y"))
        let violations = #"[object has missing required properties (["name"])]"#
        #expect(answer.values("X-Violations").joined() == (type == "BAD_REQUEST_BODY" ? violations : ""))
      }
    }
  }

  @Test("falls back on DEFAULT_4XX and DEFAULT_5XX")
  func fallback() async throws {
    var route = route
    route.document += """

      x-amazon-apigateway-gateway-responses:
        DEFAULT_4XX: {responseParameters: {gatewayresponse.header.X-Class: "'four'"}}
        DEFAULT_5XX: {statusCode: 599, responseTemplates: {application/json: five}}
      """
    try await route.serving(.stall) { gateway, _ in
      for (type, line, headers, body) in Self.requests {
        let answer = try await gateway.answer(line, headers, body: body)
        if type == "INTEGRATION_TIMEOUT" {
          #expect((answer.status, answer.text) == (599, "five"))
        } else {
          #expect(answer.values("X-Class") == ["four"], "\(type)")
          #expect(answer.text.hasPrefix(#"{"message":""#))
        }
      }
    }
  }

  @Test("is a 404, without a REST API's headers, if there are only HTTP APIs")
  func http() async throws {
    let template = """
      Resources:
        Function:
          Type: AWS::Serverless::Function
          Properties: {\(ObedientFunction.properties), Events: {A: {Type: HttpApi, Properties: {Path: /a, Method: GET}}}}
      """
    try await ServedGateway.serving(template) { gateway in
      for line in ["GET /nowhere", "POST /a", "GET /"] {
        let answer = try await gateway.answer(line)
        #expect((answer.status, answer.text) == (404, #"{"message":"Not Found"}"#))
        #expect(answer.values("x-amzn-ErrorType").isEmpty)
        #expect(answer.values("Apigw-Requestid").count == 1)
      }
    }
  }

  @Test("is that of the API whose paths are nearest, or whose host is named, if APIs share the port")
  func shared() async throws {
    try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      let (rest, http) = ("Missing Authentication Token", "Not Found")
      let host = "Host: http.execute-api.localhost"
      for (line, headers, message) in [
        ("POST /httpV2/a/b/c", [], http), ("POST /httpV2/a", [], http), ("POST /rest/a/b/c", [], rest),
        ("POST /nowhere", [], rest), ("POST /rest", [host], http), ("POST /nowhere", [host], http),
      ] {
        let answer = try await gateway.answer(line, headers)
        #expect((answer.status, answer.text) == (message == rest ? 403 : 404, #"{"message":"\#(message)"}"#), "\(line)")
      }
      for (path, message) in [
        ("/httpV2/a/b/c", "Request Entity Too Large"), ("/httpV2", "Request Entity Too Large"),
        ("/rest", "Request Too Long"),
      ] {
        let answer = try await gateway.answer("POST \(path)", body: Self.large)
        #expect((answer.status, answer.text) == (413, #"{"message":"\#(message)"}"#), "\(path)")
      }
    }
  }

  @Test("is never a trace id's carrier, nor is that of a mock integration")
  func noTrace() async throws {
    let route = DirectRoute(
      integration: """
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses: {default: {statusCode: 200}}
        """)
    let template = route.template.replacing("type: aws", with: "type: mock")
    try await ServedGateway.serving(template) { gateway in
      for line in ["POST /jobs/a", "GET /jobs/a"] {
        let answer = try await gateway.answer(line, ["X-Amzn-Trace-Id: Root=1-3152b799-8954dae64eda91bc9a23a7e8"])
        #expect(answer.values("X-Amzn-Trace-Id").isEmpty, "\(line)")
        #expect(answer.values("x-amzn-RequestId").count == 1)
      }
    }
  }
}
