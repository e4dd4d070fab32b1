import DevelopmentTestSupport
import JSONTree
import Testing

@testable import SAMTemplate

@Suite("A function of a template")
struct FunctionReadingTests {
  private func function(_ properties: String, globals: String = "") throws -> FunctionDefinition {
    let source = globals + functionLines + "    Properties:\n" + properties.indented(by: 6)
    return try #require(try deployment(source).functions["F"])
  }

  @Test("has Lambda's defaults")
  func defaults() throws {
    let function = try #require(try deployment(functionLines).functions["F"])
    #expect(function.codeURI == ".")
    #expect(function.timeout == .seconds(3))
    #expect(function.memorySize == 128)
    #expect(function.reservedConcurrency == nil)
    #expect(function.variables.isEmpty)
  }

  @Test("of the CDK has the code that its metadata names, not that in S3")
  func assets() throws {
    let code = "Code: {S3Bucket: !Sub 'assets-${AWS::Region}', S3Key: 1b2c.zip}"
    let source = """
      Resources:
        F:
          Type: AWS::Lambda::Function
          Properties: {\(code)}
          Metadata: {aws:asset:path: asset.1b2c, aws:asset:is-bundled: false, aws:asset:property: Code}
      """
    #expect(try deployment(source).functions["F"]?.codeURI == "asset.1b2c")
    let image = source.replacing("aws:asset:property: Code", with: "aws:asset:property: Code.ImageUri")
    #expect(try deployment(image).warnings.first?.contains("code in S3 can't run here") == true)
  }

  @Test("has the properties that the template sets")
  func properties() throws {
    let function = try function(
      """
      CodeUri: build/
      Timeout: 10
      MemorySize: !Sub 512
      ReservedConcurrentExecutions: 5
      LoggingConfig: {LogFormat: JSON, ApplicationLogLevel: DEBUG, LogGroup: !ImportValue g}
      Environment:
        Variables: {A: !Ref AWS::Region, B: 7, C: true, D: !Ref AWS::NoValue, AWS_LAMBDA_LOG_LEVEL: WARN}
      """)
    #expect(function.codeURI == "build/")
    #expect(function.timeout == .seconds(10))
    #expect(function.memorySize == 512)
    #expect(function.reservedConcurrency == 5)
    #expect(
      function.variables == [
        "A": "us-east-1", "B": "7", "C": "true", "AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_LAMBDA_LOG_LEVEL": "WARN",
      ])
  }

  @Test("takes from Globals what it doesn't set itself")
  func globals() throws {
    let globals = """
      Globals:
        Function:
          Timeout: 7
          MemorySize: 256
          Environment: {Variables: {A: global, B: global}}

      """
    let function = try function("Timeout: 9\nEnvironment: {Variables: {B: own}}", globals: globals)
    #expect(function.timeout == .seconds(9))
    #expect(function.memorySize == 256)
    #expect(function.variables == ["A": "global", "B": "own"])
  }

  @Test("may be CloudFormation's own")
  func plain() throws {
    let source = "Resources:\n  G:\n    Type: AWS::Lambda::Function\n    Properties: {Code: out, Timeout: 4}\n"
    let deployment = try deployment(source)
    #expect(deployment.functions["G"]?.codeURI == "out")
    #expect(deployment.functions["G"]?.timeout == .seconds(4))
    #expect(deployment.warnings.isEmpty)
  }

  @Test("may have a URL, which is an API with one route")
  func url() throws {
    let source = functionLines + "    Properties: {Timeout: 60, FunctionUrlConfig: {AuthType: AWS_IAM}}\n"
    let deployment = try deployment(source)
    let api = try #require(deployment.apis.first)
    #expect(api.kind == .functionURL)
    #expect(api.id.count == 10)
    #expect(api.routes.map(\.key) == ["$default"])
    #expect(api.routes.first?.requiresIAM == true)
    guard case .lambdaProxy("F", .v2, .seconds(120)) = api.routes.first?.integration else {
      Issue.record("\(api.routes)")
      return
    }
  }

  @Test(
    "with a mistake is an error with line and path",
    arguments: [
      ("Timeout: 0", #"t.yaml:5: Resources.F.Properties.Timeout: is "0"; write a number from 1 to 900"#),
      ("MemorySize: big", #"t.yaml:5: Resources.F.Properties.MemorySize: is "big"; write a number from 128 to 10240"#),
      (
        "Environment: {Variables: {A: [1]}}",
        "t.yaml:5: Resources.F.Properties.Environment.Variables.A: is a list; write a string"
      ),
      ("Environment: text", "t.yaml:5: Resources.F.Properties.Environment: is a string; write a mapping"),
    ])
  func failures(property: String, message: String) {
    let failure = failure(functionLines + "    Properties:\n      \(property)\n")
    #expect(failure.hasPrefix(message), "\(failure)")
  }
}
