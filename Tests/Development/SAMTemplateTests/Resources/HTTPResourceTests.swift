import DevelopmentTestSupport
import Testing

@testable import SAMTemplate

@Suite("An HTTP API of CloudFormation's own resources")
struct HTTPResourceTests {
  private static let source = """
    \(functionLines)  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: HTTP, Name: jobs}}
      Jobs:
        Type: AWS::ApiGatewayV2::Route
        Properties:
          ApiId: !Ref Api
          RouteKey: POST /jobs/{queue}
          AuthorizationType: AWS_IAM
          Target: !Join [/, [integrations, !Ref Function]]
      Rest:
        Type: AWS::ApiGatewayV2::Route
        Properties: {ApiId: !Ref Api, RouteKey: $default, Target: !Sub 'integrations/${Function}', AuthorizationType: JWT}
      Any:
        Type: AWS::ApiGatewayV2::Route
        Properties: {ApiId: !GetAtt Api.ApiId, RouteKey: ANY /any, Target: !Sub 'integrations/${Page}'}
      Lost:
        Type: AWS::ApiGatewayV2::Route
        Properties: {ApiId: !Ref Api, RouteKey: GET /lost, Target: integrations/abc123}
      Function:
        Type: AWS::ApiGatewayV2::Integration
        Properties:
          ApiId: !Ref Api
          IntegrationType: AWS_PROXY
          IntegrationUri: !GetAtt F.Arn
          PayloadFormatVersion: '2.0'
          TimeoutInMillis: 5000
      Page:
        Type: AWS::ApiGatewayV2::Integration
        Properties:
          ApiId: !Ref Api
          IntegrationType: HTTP_PROXY
          IntegrationMethod: GET
          IntegrationUri: https://example.com
      Live:
        Type: AWS::ApiGatewayV2::Stage
        Properties: {ApiId: !Ref Api, StageName: live, StageVariables: {a: b}, AutoDeploy: true}
    """

  @Test("is read with its routes, integrations and stage; what can't be emulated is a warning")
  func whole() throws {
    let deployment = try deployment(Self.source)
    let api = try #require(deployment.apis.first)
    #expect(api.stage == "live")
    #expect(api.stageVariables == ["a": "b"])
    #expect(api.routes.map(\.key) == ["POST /jobs/{queue}", "$default", "ANY /any", "GET /lost"])
    #expect(api.routes.map(\.requiresIAM) == [true, false, false, false])
    for route in api.routes.prefix(2) {
      guard case .lambdaProxy("F", .v2, .milliseconds(5000)) = route.integration else {
        Issue.record("\(route.integration)")
        continue
      }
    }
    #expect(api.routes.suffix(2).map(\.integration.kind) == [.unsupported, .unsupported])
    #expect(
      deployment.warnings == [
        "t.yaml:14: Resources.Rest.Properties.AuthorizationType: not enforced; every request is accepted",
        "t.yaml:20: Resources.Lost.Properties: is ignored, because its Target \"integrations/abc123\" is not an "
          + "integration of Api in this template",
        "t.yaml:20: Resources.Lost.Properties: not emulated: a method without an integration",
        "t.yaml:33: Resources.Page.Properties.IntegrationType: not emulated: an integration of type HTTP_PROXY of an "
          + "HTTP API",
      ])
  }

  @Test("and a REST API have the attributes that functions and other resources use")
  func attributes() throws {
    let names = [
      "Api.ApiId", "Api.ApiEndpoint", "Function.IntegrationId", "Any.RouteId", "Rest1.RestApiId",
      "Rest1.RootResourceId",
      "Path.ResourceId", "Release.DeploymentId", "Check.RequestValidatorId",
    ]
    let variables = names.enumerated().map { "V\($0.offset): !GetAtt \($0.element)" }.joined(separator: ", ")
    let source =
      Self.source.replacing(
        "Type: AWS::Serverless::Function",
        with: "Type: AWS::Serverless::Function\n    Properties: {Environment: {Variables: {\(variables)}}}") + """

          Rest1: {Type: AWS::ApiGateway::RestApi}
          Path: {Type: AWS::ApiGateway::Resource, Properties: {RestApiId: !Ref Rest1, ParentId: x, PathPart: a}}
          Release: {Type: AWS::ApiGateway::Deployment, Properties: {RestApiId: !Ref Rest1}}
          Check: {Type: AWS::ApiGateway::RequestValidator, Properties: {RestApiId: !Ref Rest1}}
        """
    let values = try #require(try deployment(source).functions["F"]).variables
    #expect(
      names.indices.map { values["V\($0)"] } == [
        APIDefinition.id("Api"), "https://\(APIDefinition.id("Api")).execute-api.us-east-1.amazonaws.com", "Function",
        "Any", APIDefinition.id("Rest1"), APIParts.rootID(of: "Rest1"), "Path", "Release", "Check",
      ])
  }

  @Test("may be one of SAM's, next to its events")
  func serverless() throws {
    let source = Self.source.replacing(
      "AWS::ApiGatewayV2::Api, Properties: {ProtocolType: HTTP, Name: jobs}", with: "AWS::Serverless::HttpApi"
    ).replacing("!GetAtt Api.ApiId", with: "!Ref Api").replacing(
      "Type: AWS::Serverless::Function",
      with: "Type: AWS::Serverless::Function\n    Properties: {Events: {E: {Type: HttpApi, Properties: "
        + "{ApiId: !Ref Api, Path: /event, Method: GET}}}}")
    let api = try #require(try deployment(source).apis.first)
    #expect(api.stage == "$default")
    #expect(api.routes.map(\.key) == ["POST /jobs/{queue}", "$default", "ANY /any", "GET /lost", "GET /event"])
  }

  @Test(
    "rejects a malformed route key",
    arguments: ["POST", "jobs", "POST jobs", "SUBMIT /jobs", "POST /jobs /more"])
  func routeKey(key: String) {
    let failure = failure(Self.source.replacing("POST /jobs/{queue}", with: key))
    #expect(failure.hasPrefix("t.yaml:9: Resources.Jobs.Properties.RouteKey: \""), "\(failure)")
  }

  @Test(
    "is created with one route by Target",
    arguments: [
      ("Target: !GetAtt F.Arn", "$default"), ("Target: !GetAtt F.Arn, RouteKey: POST /jobs", "POST /jobs"),
      ("Target: 'https://example.com'", "$default"),
    ])
  func quickCreate(properties: String, key: String) throws {
    let deployment = try deployment(
      "\(functionLines)  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: HTTP, \(properties)}}")
    let api = try #require(deployment.apis.first)
    #expect(api.routes.map(\.key) == [key])
    if properties.contains("https") {
      #expect(
        deployment.warnings == [
          "t.yaml:4: Resources.Api.Properties.Target: not emulated: an integration of type http_proxy of an HTTP API"
        ])
      return
    }
    #expect(deployment.warnings.isEmpty)
    guard case .lambdaProxy("F", .v2, .milliseconds(30_000))? = api.routes.first?.integration else {
      Issue.record("\(api.routes)")
      return
    }
  }
}
