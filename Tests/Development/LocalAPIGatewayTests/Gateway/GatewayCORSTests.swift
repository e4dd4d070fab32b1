import DevelopmentTestSupport
import Foundation
import TestSupport
import Testing

@testable import LocalAPIGateway

@Suite("Over a real socket, the CORS configuration of an HTTP API", .timeLimit(.minutes(5)))
struct GatewayCORSTests {
  private static let template = """
    Resources:
      Function:
        Type: AWS::Serverless::Function
        Properties: {\(ObedientFunction.properties), Events: {
          Get: {Type: HttpApi, Properties: {Path: /page, Method: GET, ApiId: !Ref Http}},
          Any: {Type: HttpApi, Properties: {Path: /any, Method: ANY, ApiId: !Ref Http}}}}
      Http:
        Type: AWS::Serverless::HttpApi
        Properties:
          CorsConfiguration:
            AllowOrigins: ['http://localhost:5173', 'https://*']
            AllowMethods: [GET, POST]
            AllowHeaders: [authorization, x-a]
            ExposeHeaders: [x-b]
            MaxAge: 600
            AllowCredentials: true
      Rest: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Cors: "'*'", DefinitionBody: {paths: {
        /rest: {get: {x-amazon-apigateway-integration: {type: mock}}}}}}}
    """

  private static let asks = "access-control-request-method: GET"

  private func cors(_ answer: HTTPConnection.Answer) -> [String] {
    answer.headers.filter { $0.name.lowercased().hasPrefix("access-control-") }
      .map { "\($0.name.lowercased().dropFirst("access-control-".count)): \($0.value)" }
  }

  @Test("responds to a preflight that no route takes")
  func preflight() async throws {
    try await ServedGateway.serving(Self.template) { gateway in
      let origin = "Origin: http://localhost:5173"
      let answer = try await gateway.answer("OPTIONS /page", [origin, Self.asks])
      #expect(answer.status == 204)
      #expect(answer.text.isEmpty)
      #expect(
        cors(answer) == [
          "allow-origin: http://localhost:5173", "allow-credentials: true", "allow-methods: GET,POST",
          "allow-headers: authorization,x-a", "max-age: 600",
        ])
      let other = try await gateway.answer("OPTIONS /page", ["Origin: http://localhost:1", Self.asks])
      #expect(other.status == 204)
      #expect(cors(other) == [])
      // Without the headers that make it a preflight, it is a request like any other.
      #expect(try await gateway.answer("OPTIONS /page", [origin]).status == 404)
      // A REST API responds with the method that SAM adds.
      let rest = try await gateway.answer("OPTIONS /rest", [origin, Self.asks])
      #expect(rest.status == 200)
      #expect(cors(rest) == ["allow-origin: *", "allow-methods: GET,OPTIONS"])
    }
  }

  @Test("replaces the CORS headers of an integration")
  func actual() async throws {
    let origins = ["https://a.example", "http://a.example"]
    try await ServedGateway.serving(Self.template, origins: origins) { gateway in
      let payload = #"{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*", "x-b": "c"}, "body": "b"}"#
      for (origin, expected) in [
        (
          "Origin: https://a.example",
          ["allow-origin: https://a.example", "allow-credentials: true", "expose-headers: x-b"]
        ),
        ("Origin: http://a.example", []), ("X-Other: 1", []),
      ] {
        let answer = try await gateway.answer(to: payload, at: "/any", [origin])
        #expect(answer.status == 200)
        #expect(answer.text == "b")
        #expect(cors(answer) == expected)
      }
      // A route for any method takes preflights, too.
      let taken = try await gateway.answer("OPTIONS /any", ["Origin: https://a.example", Self.asks])
      #expect(taken.status == 200)
      #expect(cors(taken).contains("max-age: 600"))
    }
  }
}
