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
          Properties: {Events: {Start: {Type: Api, Properties: {Path: /start, Method: post}}}}
        Api:
          Type: AWS::Serverless::Api
          Properties: {StageName: a, Domain: {DomainName: example.com, BasePath: [v1]}}
      """
    let deployment = try deployment(source)
    let lines = deployment.warnings
    let names = [
      "Transform", "Nested", "App", "Base", "Mapping", "Machine.Properties.Events.Start", "Api.Properties.Domain",
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
    #expect(deployment.warnings.first?.hasSuffix("so Resources.F is taken to be deployed") == true)
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
    #expect(deployment.warnings.count == 4, "\(deployment.warnings)")
  }
}
