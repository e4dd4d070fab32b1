import DevelopmentTestSupport
import JSONTree
import Testing

@testable import SAMTemplate

@Suite("A REST API of CloudFormation's own resources")
struct RESTResourceTests {
  /// The API of `examples/direct-resources.yaml`, with other places for its parts and a function in each value.
  static let source = """
    Parameters: {Method: {Type: String, Default: POST}}
    Conditions: {Yes: !Equals [a, a]}
    Resources:
      Submit:
        Type: AWS::ApiGateway::Method
        Properties:
          RestApiId: !Ref Api
          ResourceId: !GetAtt Definition.ResourceId
          HttpMethod: !Ref Method
          AuthorizationType: AWS_IAM
          ApiKeyRequired: true
          OperationName: Submit
          RequestParameters:
            method.request.path.queue: true
            method.request.querystring.dry: false
            method.request.header.X-A: 'true'
          RequestModels: {application/json: !Ref Job}
          RequestValidatorId: !Ref Validator
          MethodResponses:
            - {StatusCode: 200, ResponseModels: {application/json: Empty}}
            - {StatusCode: 400, ResponseParameters: {method.response.header.Retry-After: true}}
          Integration:
            Type: AWS
            IntegrationHttpMethod: POST
            Uri: !Join ['', ['arn:', !Ref AWS::Partition, ':apigateway:', !Ref AWS::Region, ':batch:path/v1/submitjob']]
            Credentials: !ImportValue role
            PassthroughBehavior: NEVER
            ContentHandling: CONVERT_TO_TEXT
            TimeoutInMillis: 5000
            RequestParameters: {integration.request.header.X-Q: method.request.path.queue}
            RequestTemplates:
              application/json: !Sub |
                {"region": "${AWS::Region}"}
            IntegrationResponses:
              - {StatusCode: !If [Yes, 200, 400]}
              - SelectionPattern: 4\\d\\d
                StatusCode: 400
                ResponseParameters: {method.response.header.Retry-After: "'1'"}
                ResponseTemplates: {application/json: '{}'}
      Definition:
        Type: AWS::ApiGateway::Resource
        Properties: {RestApiId: !Ref Api, ParentId: !Ref Queue, PathPart: '{definition}'}
      Queue:
        Type: AWS::ApiGateway::Resource
        Properties: {RestApiId: !Ref Api, ParentId: !Ref Jobs, PathPart: '{queue}'}
      Jobs:
        Type: AWS::ApiGateway::Resource
        Properties: {RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: jobs}
      Root:
        Type: AWS::ApiGateway::Method
        Properties:
          RestApiId: !GetAtt Api.RestApiId
          ResourceId: !GetAtt [Api, RootResourceId]
          HttpMethod: ANY
          Integration: {Type: MOCK}
      Job:
        Type: AWS::ApiGateway::Model
        Properties: {RestApiId: !Ref Api, Schema: {type: object, required: [jobName]}}
      Validator:
        Type: AWS::ApiGateway::RequestValidator
        Properties: {RestApiId: !Ref Api, ValidateRequestBody: true, ValidateRequestParameters: true}
      TooLarge:
        Type: AWS::ApiGateway::GatewayResponse
        Properties:
          RestApiId: !Ref Api
          ResponseType: REQUEST_TOO_LARGE
          StatusCode: '413'
          ResponseParameters: {gatewayresponse.header.X-B: "'b'"}
          ResponseTemplates: {application/json: '{}'}
      Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: jobs}}
      Live:
        Type: AWS::ApiGateway::Stage
        Properties: {RestApiId: !Ref Api, DeploymentId: !Ref Release, StageName: live, Variables: {a: b}}
      Release: {Type: AWS::ApiGateway::Deployment, Properties: {RestApiId: !Ref Api}}
    """

  @Test("is read like an imported document, in any order of its resources")
  func whole() throws {
    let deployment = try deployment(Self.source)
    #expect(deployment.warnings.isEmpty)
    let api = try #require(deployment.apis.first)
    #expect(deployment.apis.count == 1)
    #expect(api.stage == "live")
    #expect(api.stageVariables == ["a": "b"])
    #expect(api.routes.map(\.key) == ["POST /jobs/{queue}/{definition}", "ANY /"])
    let response = try #require(api.gatewayResponses[.requestTooLarge])
    #expect(response.status == 413)
    #expect(response.headers.map(\.name) == ["X-B"])
    #expect(response.templates.map(\.template) == ["{}"])
    #expect(api.routes[1].integration.kind == .mock)
    #expect(!api.routes[1].requiresIAM)

    let route = api.routes[0]
    #expect(route.requiresIAM)
    #expect(route.requiresAPIKey)
    let validator = try #require(route.validator)
    #expect(validator.validatesBody && validator.validatesParameters)
    #expect(validator.requiredParameters == ["method.request.path.queue", "method.request.header.X-A"])
    let model = try #require(validator.models["application/json"]).schema
    #expect("\(model)" == #"{"type":"object","required":["jobName"]}"#)

    guard case .service(let action, let integration) = route.integration else {
      Issue.record("\(route.integration)")
      return
    }
    #expect(action == ServiceAction(method: "POST", service: "batch", region: "us-east-1", path: "/v1/submitjob"))
    #expect(integration.passthroughBehavior == .never)
    #expect(integration.contentHandling == .convertToText)
    #expect(integration.timeout == .milliseconds(5000))
    #expect(integration.requestParameters.map(\.destination) == ["integration.request.header.X-Q"])
    #expect(integration.methodResponses == [200, 400])
    #expect(integration.responses.map(\.pattern) == [#"4\d\d"#, nil])
    #expect(integration.responses.map(\.status) == [400, 200])
    #expect(integration.responses[0].parameters.map(\.source) == ["'1'"])
    let template = try #require(integration.requestTemplates["application/json"])
    #expect(template.text == "{\"region\": \"us-east-1\"}\n")
    #expect(
      template.error("x", line: 1).description
        == "t.yaml:33: Resources.Submit.Properties.Integration.RequestTemplates.application/json: x")
  }

  @Test(
    "has the same errors as a document, at the resource's place",
    arguments: [
      ("StatusCode: 400, ResponseP", "StatusCode: 409, ResponseP", "Responses[1].StatusCode: the method declares no "),
      ("header.Retry-After: true", "header.Retry: true", ".header.Retry-After: the method's response 400 "),
      ("path.queue: true", "path.q: true", ".header.X-Q: the method declares no parameter "),
      ("path.queue: true", "cookie.q: true", #"cookie.q: "method.request.cookie.q" is not a "#),
      ("!Ref Job}", "!Ref Jobs}", ".application/json: the schema \"Jobs\" is "),
      ("!Ref Method\n", "SUBMIT\n", #"Submit.Properties.HttpMethod: "SUBMIT" is not an HTTP method; "#),
      ("HttpMethod: ANY\n", "\n", "Resources.Root.Properties: has no HttpMethod; write "),
      ("PathPart: jobs}", "}", "Resources.Jobs.Properties: has no PathPart; write "),
      ("REQUEST_TOO_LARGE", "TOO_LARGE", #".Properties: "TOO_LARGE" is not a type of gateway "#),
      ("Uri: !Join", "Url: !Join", "Resources.Submit.Properties.Integration: has no uri; write "),
    ])
  func broken(old: String, new: String, message: String) {
    #expect(Self.source.contains(old))
    let failure = failure(Self.source.replacing(old, with: new))
    #expect(failure.contains(message), "\(failure)")
  }

  @Test("may have a Body, too, whose paths its methods add to")
  func body() throws {
    let body = """
      Properties:
            Body:
              paths:
                /jobs: {get: {x-amazon-apigateway-integration: {type: mock}}}
                /jobs/{queue}/{definition}: {get: {x-amazon-apigateway-integration: {type: mock}}}
              definitions: {Other: {type: string}}
      """
    let source = Self.source.replacing("Properties: {Name: jobs}}", with: "\n    " + body)
      .replacing("Api: {Type: AWS::ApiGateway::RestApi, ", with: "Api:\n    Type: AWS::ApiGateway::RestApi")
    let api = try #require(try deployment(source).apis.first)
    #expect(
      api.routes.map(\.key) == [
        "GET /jobs", "GET /jobs/{queue}/{definition}", "POST /jobs/{queue}/{definition}", "ANY /",
      ])
    #expect(
      failure(source.replacing("Default: POST", with: "Default: GET"))
        == "t.yaml:9: Resources.Submit.Properties.HttpMethod: /jobs/{queue}/{definition} already has this method; "
        + "remove one of the two")
  }

  @Test("has models in JSON text and by name, and the two that every API has")
  func models() throws {
    let text = """
      Job:
          Type: AWS::ApiGateway::Model
          Properties:
            RestApiId: !Ref Api
            Name: Order
            Schema: |
              {
                "type": "object",
                "properties": {"a": {"$ref": "https://apigateway.amazonaws.com/restapis/x/models/Other"}}
              }
        Other:
          Type: AWS::ApiGateway::Model
          Properties: {RestApiId: !Ref Api, Schema: {type: string}}
      """
    let source = Self.source.replacing(
      "Job:\n    Type: AWS::ApiGateway::Model\n    "
        + "Properties: {RestApiId: !Ref Api, Schema: {type: object, required: [jobName]}}", with: text)
    #expect(source != Self.source)
    func schema(_ name: String, _ source: String = source) throws -> ModelDefinition? {
      let api = try deployment(source.replacing("application/json: !Ref Job}", with: "application/json: \(name)}"))
        .apis.first
      return api?.routes.first?.validator?.models["application/json"]
    }
    for name in ["Order", "!Ref Job"] {
      let model = try #require(try schema(name))
      #expect(
        "\(model.schema)" == ##"{"type":"object","properties":{"a":{"$ref":"#/definitions/Other"}},"##
          + ##""definitions":{"Other":{"type":"string"}}}"##)
      #expect(
        model.place(of: "#/properties/a").error("x").description
          == "t.yaml:64: Resources.Job.Properties.Schema.properties.a: x")
    }
    let empty = try #require(try schema("Empty")).schema
    #expect("\(empty)" == #"{"type":"object"}"#)
    let error = try #require(try schema("Error")).schema
    #expect("\(error)" == #"{"type":"object","properties":{"message":{"type":"string"}}}"#)
    let failure = failure(source.replacing(#""type": "object","#, with: #""type": "object,"#))
    #expect(failure.hasPrefix("t.yaml:"), "\(failure)")
    #expect(failure.contains(": Resources.Job.Properties.Schema: is not valid JSON: "), "\(failure)")
  }

  @Test("is served without the resources whose API, parent or resource is elsewhere, and a warning names each")
  func elsewhere() throws {
    let source = """
      Parameters: {Other: {Type: String, Default: abc123}}
      Conditions: {No: !Equals [a, b]}
      Resources:
        Api: {Type: AWS::ApiGateway::RestApi}
        Off: {Type: AWS::ApiGateway::RestApi, Condition: No}
        A: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Other, HttpMethod: GET}}
        B: {Type: AWS::ApiGateway::Resource, Properties: {RestApiId: !ImportValue x}}
        C: {Type: AWS::ApiGateway::Model, Properties: {RestApiId: !Ref Off}}
        D: {Type: AWS::ApiGateway::Resource, Properties: {RestApiId: !Ref Api, ParentId: !Ref Other, PathPart: d}}
        E: {Type: AWS::ApiGateway::Resource, Properties: {RestApiId: !Ref Api, ParentId: !Ref E, PathPart: e}}
        F: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, ResourceId: !Ref D, HttpMethod: GET}}
        G: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, ResourceId: !ImportValue x}}
        H: {Type: AWS::ApiGateway::Authorizer, Properties: {RestApiId: !Ref Api}}
        J: {Type: AWS::ApiGateway::Stage}
        I:
          Type: AWS::ApiGateway::Method
          Properties:
            RestApiId: !Ref Api
            ResourceId: !GetAtt Api.RootResourceId
            HttpMethod: GET
            AuthorizationType: CUSTOM
            Integration: {Type: MOCK, Unheard: of}
            Unheard: of
      """
    let deployment = try deployment(source)
    #expect(deployment.apis.map { $0.routes.map(\.key) } == [["GET /"]])
    let place = "t.yaml:%: Resources."
    let expected = [
      (4, "Api: has no stage in this template, without which API Gateway doesn't serve it; here, "),
      (6, "A: AWS::ApiGateway::Method is ignored, because its API is not in this template: there is no API \"abc123\""),
      (7, "B: AWS::ApiGateway::Resource is ignored, because its API is not in this template: Fn::ImportValue is not "),
      (8, "C: AWS::ApiGateway::Model is ignored, because its API is not in this template: Off isn't deployed, because"),
      (9, "D.Properties: is ignored, because its ParentId \"abc123\" is not a resource of Api in this template"),
      (10, "E.Properties: is ignored, because its ParentId \"E\" is not a resource of Api in this template"),
      (11, "F.Properties: is ignored, because its ResourceId \"D\" is not a resource of Api in this template"),
      (12, "G.Properties: is ignored, because its ResourceId can't be found in this template: Fn::ImportValue is not "),
      (13, "H: not enforced; every request is accepted"),
      (
        14,
        "J: AWS::ApiGateway::Stage is ignored, because its API is not in this template: it has no RestApiId or ApiId"
      ),
      (21, "I.Properties.AuthorizationType: not enforced; every request is accepted"),
      (22, "I.Properties.Integration.Unheard: not emulated"), (23, "I.Properties.Unheard: not emulated"),
    ].map { line, text in place.replacing("%", with: "\(line)") + text }
    #expect(deployment.warnings.count == expected.count)
    for (warning, start) in zip(deployment.warnings, expected) { #expect(warning.hasPrefix(start), "\(warning)") }
  }

  @Test("has one segment of a path in each of its resources")
  func slashes() {
    let source = Self.source.replacing("PathPart: jobs", with: "PathPart: a/jobs")
    #expect(failure(source).contains("PathPart: has a slash, which API Gateway rejects; write one segment"))
  }
}
