import DevelopmentTestSupport
import Testing

@testable import SAMTemplate

@Suite("What AWS accepts and can't run here")
struct LimitationTests {
  /// A template with the function `F`, a function `G` that can run, and a route to each.
  private func template(_ properties: String) -> String {
    """
    \(functionLines)    Properties:
          \(properties)
          Events:
            One: {Type: HttpApi, Properties: {Path: /f, Method: GET}}
          FunctionUrlConfig: {AuthType: NONE}
      G:
        Type: AWS::Serverless::Function
        Properties:
          Events:
            Two: {Type: HttpApi, Properties: {Path: /g, Method: GET}}
    """
  }

  @Test(
    "in a function is a warning, and an unsupported integration of its routes",
    arguments: [
      ("InlineCode: x", "InlineCode: inline code can't run here; write CodeUri"),
      ("PackageType: Image", "PackageType: an image can't run here; write Zip, and CodeUri"),
      ("ImageUri: example/image:1", "ImageUri: an image can't run here; write CodeUri"),
      ("CodeUri: s3://b/k", "CodeUri: code in S3 can't run here; write CodeUri"),
      ("CodeUri: {Bucket: b, Key: k}", "CodeUri: code in S3 can't run here; write CodeUri"),
      ("Runtime: python3.13", "Runtime: the runtime python3.13 can't run here, only provided.al2023"),
      ("Environment: {Variables: {A: !ImportValue x}}", "Environment.Variables.A: Fn::ImportValue is not evaluated"),
      ("Environment: {Variables: {A: !GetAtt G.Shoe}}", "Environment.Variables.A: G.Shoe is not known here"),
      (
        "Environment: {Variables: {A: '{{resolve:ssm:a}}'}}",
        "Environment.Variables.A: has a dynamic reference, which is not resolved here"
      ),
    ])
  func functions(property: String, warning: String) throws {
    let deployment = try deployment(template(property))
    try #require(deployment.warnings.count == 1)
    #expect(deployment.warnings[0].hasPrefix("t.yaml:5: Resources.F.Properties.\(warning)"), "\(deployment.warnings)")
    #expect(deployment.warnings[0].hasSuffix("; requests to Resources.F get a 500"))
    #expect(deployment.functions.keys.sorted() == ["G"])
    let api = try #require(deployment.apis.first { $0.kind == .http })
    #expect(api.routes.map(\.key) == ["GET /f", "GET /g"])
    #expect(api.routes.map(\.integration.kind) == [.unsupported, .lambdaProxy])
    let url = try #require(deployment.apis.first { $0.kind == .functionURL })
    #expect(url.routes.map(\.integration.kind) == [.unsupported])
    #expect(url.function == "F")
  }

  @Test("in Globals names the functions that need it")
  func globals() throws {
    let source = "Globals: {Function: {Runtime: python3.13}}\n" + functionLines
    #expect(
      try deployment(source).warnings == [
        "t.yaml:1: Globals.Function.Runtime: the runtime python3.13 can't run here, only provided.al2023 and its like "
          + "can; requests to Resources.F get a 500"
      ])
  }

  @Test("in a method of a document leaves the others as they are")
  func operations() throws {
    let source = restTemplate(
      """
      /a:
        get: {x-amazon-apigateway-integration: {type: aws, httpMethod: POST, uri: !ImportValue x}}
        post: {x-amazon-apigateway-integration: {type: mock}}
      /b:
        put: {$ref: other.yaml}
      """)
    let deployment = try deployment(source)
    let routes = try #require(deployment.apis.first?.routes)
    #expect(routes.map(\.key) == ["GET /a", "POST /a", "PUT /b"])
    #expect(routes.map(\.integration.kind) == [.unsupported, .mock, .unsupported])
    #expect(deployment.warnings.count == 2)
    #expect(deployment.warnings[0].hasSuffix("; requests to GET /a of Resources.Api get a 500"))
    #expect(deployment.warnings[0].contains("Resources.Api.Properties.DefinitionBody.paths./a.get"))
  }

  @Test("is named: nested stacks and applications, base paths, state machines' events, macros")
  func remarks() throws {
    let source = """
      Transform: [AWS::Serverless-2016-10-31, Mine]
      Resources:
        Nested: {Type: AWS::CloudFormation::Stack}
        App: {Type: AWS::Serverless::Application}
        Base: {Type: AWS::ApiGateway::BasePathMapping}
        Mapping: {Type: AWS::ApiGatewayV2::ApiMapping}
        Machine:
          Type: AWS::Serverless::StateMachine
          Properties:
            Events: {Start: {Type: Api, Properties: {Path: /start, Method: post}}, Daily: {Type: Schedule}}
        Api:
          Type: AWS::Serverless::Api
          Properties: {StageName: a, Domain: {DomainName: example.com, BasePath: [v1]}}
      """
    let deployment = try deployment(source)
    let lines = deployment.warnings
    let names = [
      "Transform", "Nested", "App", "Base", "Mapping", "Machine.Properties.Events.Start",
      "Machine.Properties.Events.Daily", "Api.Properties.Domain",
    ]
    try #require(lines.count == names.count, "\(lines)")
    for (line, name) in zip(lines, names) { #expect(line.contains(name), "\(line)") }
    let route = try #require(deployment.apis.last?.routes.first)
    #expect(route.key == "POST /start")
    guard case .unsupported(let reason) = route.integration else {
      Issue.record("\(route)")
      return
    }
    #expect(reason == "Resources.Machine is a state machine, which can't run here")
  }

  @Test("in a condition takes the resource to be deployed")
  func conditions() throws {
    let source = "Conditions: {C: !Equals [!ImportValue a, b]}\n" + functionLines + "    Condition: C\n"
    let deployment = try deployment(source)
    #expect(deployment.functions.count == 1)
    #expect(deployment.warnings.first?.hasSuffix("; Resources.F is taken to be deployed") == true)
  }

  @Test("in a parameter of Systems Manager asks for its value")
  func systemsManager() throws {
    let parameter = "Parameters: {P: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /a}}\n"
    let source = parameter + functionLines + "    Properties: {Environment: {Variables: {A: !Ref P}}}\n"
    let warning = try #require(try deployment(source).warnings.first)
    #expect(warning.hasPrefix("t.yaml:1: Parameters.P: is not looked up in Systems Manager here; give it a value"))
    #expect(try deployment(source, parameters: ["P": "x"]).functions["F"]?.variables == ["A": "x"])
  }

  @Test("in an API's document or stage leaves the API without its routes, or with another stage")
  func apis() throws {
    let source = """
      Resources:
        A: {Type: AWS::Serverless::Api, Properties: {StageName: !ImportValue s, DefinitionUri: s3://b/k}}
        B: {Type: AWS::ApiGateway::RestApi, Properties: {BodyS3Location: {Bucket: b}}}
        C:
          Type: AWS::Serverless::HttpApi
          Properties: {StageVariables: {x: !ImportValue x, y: z}}
      """
    let deployment = try deployment(source)
    #expect(deployment.apis.map(\.routes.count) == [0, 0, 0])
    #expect(deployment.apis.map(\.stage) == ["Prod", "$default", "$default"])
    #expect(deployment.apis.last?.stageVariables == ["y": "z"])
    #expect(deployment.warnings.count == 5, "\(deployment.warnings)")
    #expect(deployment.warnings.contains { $0.contains("Resources.B: has no stage in this template") })
  }

  @Test(
    "in a setting of an API leaves out that setting alone",
    arguments: [
      ("Cors: {AllowOrigin: !Sub 'https://${F.Shoe}'}", "Resources.Api has no OPTIONS methods for CORS"),
      ("BinaryMediaTypes: !ImportValue x", "Resources.Api takes every body for text"),
      ("Variables: !ImportValue x", "the stage of Resources.Api has no variables here"),
      ("Auth: {DefaultAuthorizer: !ImportValue x}", "the defaults in Auth of Resources.Api are ignored"),
      ("GatewayResponses: !ImportValue x", "Resources.Api sends API Gateway's default responses"),
      (
        "GatewayResponses: {THROTTLED: {StatusCode: !ImportValue x}}",
        "Resources.Api sends its default THROTTLED response"
      ),
    ])
  func settings(property: String, consequence: String) throws {
    let deployment = try deployment(
      restTemplate("/a: {get: {x-amazon-apigateway-integration: {type: mock}}}", properties: property))
    #expect(deployment.apis.map { $0.routes.map(\.key) } == [["GET /a"]])
    #expect(deployment.warnings.count == 1, "\(deployment.warnings)")
    #expect(deployment.warnings.first?.hasSuffix("; \(consequence)") == true, "\(deployment.warnings)")
  }

  @Test("isn't a setting without a value")
  func noValue() throws {
    #expect(try deployment(restTemplate("/a: ~", properties: "Domain: !Ref AWS::NoValue")).warnings.isEmpty)
  }

  @Test("in a path or a validator of a document leaves the other paths as they are")
  func paths() throws {
    let deployment = try deployment(
      restTemplate(
        """
        /a: !ImportValue x
        /b: {get: {x-amazon-apigateway-integration: {type: mock}}}
        /c: {get: {x-amazon-apigateway-integration: {type: mock}, x-amazon-apigateway-request-validator: all}}
        """, more: "x-amazon-apigateway-request-validators: {all: !ImportValue y}", properties: "Models: !ImportValue z"
      ))
    let routes = try #require(deployment.apis.first?.routes)
    #expect(routes.map(\.key) == ["GET /b", "GET /c"])
    #expect(routes.map(\.integration.kind) == [.mock, .unsupported])
    try #require(deployment.warnings.count == 2, "\(deployment.warnings)")
    #expect(deployment.warnings[0].hasSuffix("; requests to GET /c of Resources.Api get a 500"))
    #expect(deployment.warnings[1].hasSuffix("; Resources.Api is served without the path /a"))
  }

  @Test("in an HTTP API, a URL, events or a part of an API stops nothing else")
  func parts() throws {
    let source = """
      \(functionLines)    Properties:
            FunctionUrlConfig: {AuthType: !ImportValue a}
            Events: !ImportValue b
        Url: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: !ImportValue c}}
        Http:
          Type: AWS::Serverless::HttpApi
          Properties: {CorsConfiguration: {AllowOrigins: [!ImportValue d]}}
        Api: {Type: AWS::ApiGateway::RestApi}
        Stage: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Api, StageName: one}}
        Other: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Api, StageName: !ImportValue e}}
        Path:
          Type: AWS::ApiGateway::Resource
          Properties: {RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: !ImportValue f}
        Model: {Type: AWS::ApiGateway::Model, Properties: {RestApiId: !Ref Api, Name: m, Schema: !ImportValue g}}
        Root:
          Type: AWS::ApiGateway::Method
          Properties:
            RestApiId: !Ref Api
            ResourceId: !GetAtt Api.RootResourceId
            HttpMethod: GET
            Integration: {Type: MOCK}
        Socket: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: !ImportValue h}}
      """
    let deployment = try deployment(source)
    #expect(deployment.apis.map(\.logicalID) == ["Http", "Api"])
    #expect(deployment.apis.last?.routes.map(\.key) == ["GET /"])
    let consequences = [
      "the URL of Resources.F is not served", "the events of Resources.F are left out", "Resources.Url is left out",
      "Resources.Http sends no CORS headers", "Resources.Other is left out", "Resources.Path is left out",
      "Resources.Socket is left out",
    ]
    #expect(deployment.warnings.count == consequences.count, "\(deployment.warnings)")
    for (warning, consequence) in zip(deployment.warnings, consequences) {
      #expect(warning.hasSuffix("; \(consequence)"), "\(warning)")
    }
  }

  @Test("in a loop or macro may add resources, so an unknown name is not a mistake")
  func unknownResources() throws {
    let variables = "    Properties: {Environment: {Variables: {A: !Ref Made}}}\n"
    for other in ["  Fn::ForEach::Xs: [X, [a], {}]\n", "Transform: Mine\n"] {
      let warnings = try deployment(functionLines + variables + other).warnings
      #expect(warnings.contains { $0.contains("\"Made\" is not known here; write the value itself") }, "\(warnings)")
    }
    #expect(failure(functionLines + variables).contains("\"Made\" is not a parameter or resource of the template"))
  }

  @Test("in the id or an attribute of a resource that SAM adds is not a mistake")
  func generatedResources() throws {
    for value in ["!Ref FEPermissionProd", "!GetAtt FRole.Shoe", "!GetAtt ServerlessRestApi.Shoe", "!Ref ApiApiKey"] {
      let source = """
        \(functionLines)    Properties:
              Environment: {Variables: {A: \(value)}}
              Events: {E: {Type: Schedule}}
          Api: {Type: AWS::Serverless::Api, Properties: {StageName: a}}
        """
      let deployment = try deployment(source)
      #expect(deployment.functions.isEmpty)
      #expect(deployment.warnings.contains { $0.contains("is not known here; write the value itself, or a parameter") })
    }
    #expect(
      failure(functionLines + "    Properties: {Environment: {Variables: {A: !Ref FAliasLive}}}").contains(
        "\"FAliasLive\" is not a parameter or resource of the template"))
  }

  @Test("in a loop among a mapping's keys is a limitation of what has it")
  func loops() throws {
    for keys in ["Fn::ForEach::Xs: [X, [a], {}]", "B: b, Fn::ForEach::Xs: [X, [a], {}]"] {
      let deployment = try deployment(functionLines + "    Properties: {Environment: {Variables: {\(keys)}}}\n")
      #expect(deployment.functions.isEmpty)
      #expect(deployment.warnings.count == 1)
      #expect(deployment.warnings.first?.contains("Fn::ForEach::Xs is not evaluated here; write out what it") == true)
    }
  }
}
