import DevelopmentTestSupport
import Testing

@testable import SAMTemplate

@Suite("The REST API that resources of CloudFormation's own belong to")
struct RESTOwnerTests {
  @Test("may be one of SAM's, whose Auth doesn't apply to its methods")
  func serverless() throws {
    let source = RESTResourceTests.source.replacing(
      "AWS::ApiGateway::RestApi, Properties: {Name: jobs}",
      with: "AWS::Serverless::Api, Properties: {StageName: prod, Auth: {DefaultAuthorizer: AWS_IAM}}")
    let api = try #require(try deployment(source.replacing("!GetAtt Api.RestApiId", with: "!Ref Api")).apis.first)
    #expect(api.stage == "prod")
    #expect(api.routes.map(\.key) == ["POST /jobs/{queue}/{definition}", "ANY /"])
    #expect(api.routes.map(\.requiresIAM) == [true, false])
  }

  @Test("may be the one that SAM adds")
  func implicit() throws {
    let source = """
      \(functionLines)    Properties: {Events: {E: {Type: Api, Properties: {Path: /f, Method: GET}}}}
        Refusal:
          Type: AWS::ApiGateway::GatewayResponse
          Properties: {RestApiId: !Ref ServerlessRestApi, ResponseType: DEFAULT_4XX, StatusCode: '418'}
        More:
          Type: AWS::ApiGateway::Method
          Properties:
            RestApiId: !Ref ServerlessRestApi
            ResourceId: !GetAtt ServerlessRestApi.RootResourceId
            HttpMethod: GET
            Integration: {Type: MOCK}
      """
    let api = try #require(try deployment(source).apis.first)
    #expect(api.routes.map(\.key) == ["GET /", "GET /f"])
    #expect(api.gatewayResponses[.default4xx]?.status == 418)
  }

  @Test("takes no routes from events, as in SAM")
  func events() throws {
    let source = RESTResourceTests.source.replacing(
      "Resources:\n",
      with: """
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties:
              Events:
                Known: {Type: Api, Properties: {RestApiId: !Ref Api, Path: '/jobs/{queue}/{definition}', Method: POST}}
                Other: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /other, Method: GET}}

        """)
    let deployment = try deployment(source)
    #expect(deployment.apis.first?.routes.map(\.key) == ["POST /jobs/{queue}/{definition}", "ANY /"])
    #expect(deployment.warnings.count == 1)
    #expect(deployment.warnings.first?.contains("lacks GET /other, and SAM adds no routes to it; add it there") == true)
  }

  @Test("is served as its first stage; one that a deployment creates counts only without another")
  func stages() throws {
    let source = """
      Resources:
        Api: {Type: AWS::ApiGateway::RestApi}
        Release:
          Type: AWS::ApiGateway::Deployment
          Properties: {RestApiId: !Ref Api, StageName: first, StageDescription: {Variables: {a: d}}}
      """
    let one = try deployment(source)
    #expect(one.apis.map(\.stage) == ["first"])
    #expect(one.apis.map(\.stageVariables) == [["a": "d"]])
    #expect(one.warnings.isEmpty)
    let stages = """
        Test: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Api, StageName: test, Variables: {a: b}}}
        Prod: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Api, StageName: prod, Variables: {a: c}}}
      """
    let three = try deployment(source + "\n" + stages)
    #expect(three.apis.map(\.stage) == ["test"])
    #expect(three.apis.map(\.stageVariables) == [["a": "b"]])
    #expect(
      three.warnings == [
        "t.yaml:5: Resources.Release.Properties.StageName: the stage first of Api is not served here, but its stage "
          + "test is",
        "t.yaml:7: Resources.Prod.Properties.StageName: the stage prod of Api is not served here, but its stage test is",
      ])
  }
}
