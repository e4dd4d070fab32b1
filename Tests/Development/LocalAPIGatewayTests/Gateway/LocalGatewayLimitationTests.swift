import DevelopmentTestSupport
import TestSupport
import Testing

@testable import LocalAPIGateway

@Suite("Over a real socket, a template with parts that can't run here", .timeLimit(.minutes(5)))
struct LocalGatewayLimitationTests {
  private static let template = """
    Resources:
      Inline:
        Type: AWS::Serverless::Function
        Properties:
          InlineCode: x
          FunctionUrlConfig: {AuthType: NONE}
          Events:
            A: {Type: Api, Properties: {Path: /inline, Method: GET}}
            B: {Type: HttpApi, Properties: {Path: /inline-http, Method: GET}}
      Named:
        Type: AWS::Serverless::Function
        Properties:
          FunctionName: physical
          Events:
            A: {Type: Api, Properties: {Path: /named, Method: GET}}
    """

  @Test("responds with 500 where they are needed, and says why in the log; the rest works")
  func responses() async throws {
    try await ServedGateway.serving(Self.template) { gateway in
      let rest = try await gateway.answer("GET /inline")
      #expect(rest.status == 500)
      #expect(rest.text == #"{"message":"Internal server error"}"#)
      #expect(try await gateway.line(containing: "Resources.Inline can't run here: inline code") != nil)
      #expect(try await gateway.answer("GET /inline-http").status == 500)
      #expect(try await gateway.answer("GET /", ["Host: inline.lambda-url.localhost:3000"]).status == 500)
      #expect(try await gateway.answer("GET /named", ["x-command: pid"]).status == 200)
    }
  }
}
