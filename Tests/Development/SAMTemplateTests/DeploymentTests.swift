import DevelopmentTestSupport
import Foundation
import Testing

@testable import SAMTemplate

@Suite("A deployment")
struct DeploymentTests {
  /// The integration in the article: a constant mapping template, default passthrough, one response with 200.
  static let article = """
    AWSTemplateFormatVersion: "2010-09-09"
    Transform: AWS::Serverless-2016-10-31
    Resources:
      BatchFromAPIGWRole:
        Type: AWS::IAM::Role
        Properties:
          AssumeRolePolicyDocument: !Fantasy it's never looked at
      Alarm:
        Type: AWS::CloudWatch::Alarm
        Properties: {Anything: !ImportValue x}
      Direct:
        Type: AWS::Serverless::Api
        Properties:
          StageName: prod
          EndpointConfiguration: REGIONAL
          DefinitionBody:
            openapi: "3.0.1"
            info: {title: direct, version: "1"}
            paths:
              /submit:
                get: &submit
                  responses:
                    "200": {description: OK}
                  x-amazon-apigateway-integration:
                    type: aws
                    credentials: !GetAtt BatchFromAPIGWRole.Arn
                    httpMethod: POST
                    uri: arn:aws:apigateway:us-east-2:batch:path//v1/submitjob
                    requestTemplates:
                      application/json: |
                        {"jobName": "job", "jobQueue": "queue", "jobDefinition": "definition"}
                    responses:
                      default: {statusCode: "200"}
                post: *submit
    Outputs:
      URL: {Value: !Sub "https://${Direct}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${Direct.Stage}"}
    """

  @Test("of the article's integration is read without a warning")
  func article() throws {
    let deployment = try deployment(Self.article)
    #expect(deployment.warnings.isEmpty)
    #expect(deployment.functions.isEmpty)
    let api = try #require(deployment.apis.first)
    #expect(api.routes.map(\.key) == ["GET /submit", "POST /submit"])
    for route in api.routes {
      guard case .service(let action, let mapped) = route.integration else {
        Issue.record("\(route)")
        continue
      }
      #expect(
        action == ServiceAction(method: "POST", service: "batch", region: "us-east-2", path: "/v1/submitjob"))
      #expect(mapped.passthroughBehavior == .whenNoMatch)
      #expect(mapped.responses.map(\.pattern) == [nil])
      #expect(route.validator == nil)
    }
  }

  @Test("gives every API a stable id of ten characters")
  func ids() throws {
    let id = APIDefinition.id("ServerlessRestApi")
    #expect(id == "\(APIDefinition.id("ServerlessRestApi"))")
    #expect(id.count == 10)
    #expect(id.allSatisfy { $0.isASCII && ($0.isNumber || $0.isLowercase) })
    #expect(Set((1...100).map { APIDefinition.id("Api\($0)") }).count == 100)
    #expect(APIDefinition.id("") == "iihzj4ux45")
  }

  @Test("reads gateway responses and binary media types from both places")
  func gatewayResponses() throws {
    let source = restTemplate(
      "/a:\n  get: {x-amazon-apigateway-integration: {type: mock}}",
      more: """
        x-amazon-apigateway-binary-media-types: [image/png]
        x-amazon-apigateway-gateway-responses:
          UNSUPPORTED_MEDIA_TYPE:
            statusCode: 415
            responseParameters: {gatewayresponse.header.X-A: "'a'"}
            responseTemplates: {application/problem+json: '{"detail": $context.error.messageString}'}
        """,
      properties: """
        BinaryMediaTypes: [application~1zip]
        GatewayResponses:
          DEFAULT_4XX: {ResponseParameters: {Headers: {X-B: "'b'"}}}
        """)
    let api = try #require(try deployment(source).apis.first)
    #expect(api.binaryMediaTypes == ["application/zip", "image/png"])
    let unsupported = try #require(api.gatewayResponses[.unsupportedMediaType])
    #expect(unsupported.status == 415)
    #expect(unsupported.headers.map(\.name) == ["X-A"])
    #expect(unsupported.templates.map(\.contentType) == ["application/problem+json"])
    #expect(api.gatewayResponses[.default4xx]?.headers.map(\.value) == ["'b'"])
    let wrong = source.replacing("UNSUPPORTED_MEDIA_TYPE:", with: "UNSUPPORTED:")
    #expect(failure(wrong).contains(#""UNSUPPORTED" is not a type of gateway response; write one of ACCESS_DENIED, "#))
  }

  @Test("reads CloudFormation's own APIs with a Body, and their stages")
  func plain() throws {
    let source = """
      \(functionLines)  Api:
          Type: AWS::ApiGateway::RestApi
          Properties:
            Body: {swagger: "2.0", paths: {/a: {get: {x-amazon-apigateway-integration: {type: mock}}}}}
        Stage:
          Type: AWS::ApiGateway::Stage
          Properties: {RestApiId: !Ref Api, StageName: live, Variables: {a: b}, DeploymentId: !Ref Whatever}
        Http:
          Type: AWS::ApiGatewayV2::Api
          Properties: {ProtocolType: HTTP, Body: {openapi: 3.0.1, paths: {}}}
        Socket:
          Type: AWS::ApiGatewayV2::Api
          Properties: {ProtocolType: WEBSOCKET}
        Overrides:
          Type: AWS::ApiGatewayV2::ApiGatewayManagedOverrides
      """
    let deployment = try deployment(source)
    #expect(deployment.apis.map(\.logicalID) == ["Api", "Http"])
    #expect(deployment.apis.map(\.stage) == ["live", "$default"])
    #expect(deployment.apis.first?.stageVariables == ["a": "b"])
    #expect(
      deployment.warnings == [
        "t.yaml:11: Resources.Http: has no stage in this template, without which API Gateway doesn't serve it; here, its "
          + "stage is $default",
        "t.yaml:16: Resources.Socket.Properties.ProtocolType: WEBSOCKET APIs aren't emulated",
        "t.yaml:17: Resources.Overrides: AWS::ApiGatewayV2::ApiGatewayManagedOverrides is not emulated: its "
          + "overrides are ignored",
      ])
  }

  @Test("ignores what API Gateway ignores at import, with a warning, and takes null for nothing")
  func ignored() throws {
    let source = restTemplate(
      """
      /a:
        get:
          x-amazon-apigateway-integration:
            {type: mock, requestParameters: true, requestTemplates: ~, responses: {default: {statusCode: 200}}}
          responses: {200: {}}
      /b: ~
      """)
    let deployment = try deployment(source)
    #expect(deployment.apis.first?.routes.map(\.key) == ["GET /a"])
    #expect(deployment.warnings.count == 1)
    #expect(
      deployment.warnings.first?.hasSuffix(
        "requestParameters: is not a mapping, so API Gateway ignores it; write one, or remove "
          + "it") == true, "\(deployment.warnings)")
  }

  @Test("omits resources whose condition is false, and evaluates only what it needs")
  func lazily() throws {
    let source = """
      Conditions: {No: !Equals [a, b]}
      \(functionLines)    Properties: {Policies: [!ImportValue x], Tags: !GetAZs '', Role: !GetAtt Nobody.Arn}
        Api:
          Type: AWS::Serverless::Api
          Condition: No
          Properties: {StageName: !ImportValue x}
        Table: {Type: AWS::DynamoDB::Table, Condition: Missing}
        Fn::ForEach::Topics: [Name, [a], {}]
      """
    let deployment = try deployment(source)
    #expect(deployment.apis.isEmpty)
    #expect(deployment.functions.count == 1)
    #expect(
      deployment.warnings == ["t.yaml:11: Resources: Fn::ForEach::Topics is not supported; write out its resources"])
  }

  @Test(
    "can't be read from a file that isn't a template",
    arguments: [
      ("a: b", "t.yaml: has no Resources; give a SAM or CloudFormation template"),
      ("Resources: {}", "t.yaml:1: has no Resources"),
      ("- a", "t.yaml: has no Resources"),
      ("Resources:\n  A: {}", "t.yaml:2: Resources.A: has no Type"),
      ("Resources:\n  A: {Type: AWS::Serverless::Api}", "t.yaml:2: Resources.A: has no StageName"),
      (
        "Resources:\n  A: {Type: AWS::Serverless::HttpApi, Properties: {DefinitionUri: a.yaml}}",
        "t.yaml:2: Resources.A.Properties.DefinitionUri: the file \"a.yaml\" does not exist; check the path"
      ),
    ])
  func broken(source: String, message: String) {
    let failure = failure(source)
    #expect(failure.hasPrefix(message), "\(failure)")
  }

  @Test("is read from a file; an error says what to do if that fails")
  func file() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml").path
    try Data(Self.article.utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try Deployment(templateAt: path, .example()).apis.count == 1)
    let missing = TemplateFileError(
      file: "/nowhere/t.yaml", line: nil, path: "", reason: "does not exist; check the path")
    #expect(throws: missing) { try Deployment(templateAt: "/nowhere/t.yaml", .example()) }
  }
}
