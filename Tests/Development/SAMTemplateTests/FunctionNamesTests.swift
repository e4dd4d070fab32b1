import DevelopmentTestSupport
import Testing

@testable import SAMTemplate

@Suite("The function of an integration")
struct FunctionNamesTests {
  /// The target of a route whose `uri` ends in this function; `Named` has the physical name `submit`.
  private func target(_ function: String) throws -> IntegrationDefinition? {
    let uri = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/\(function)/invocations"
    let source = """
      Resources:
        F: {Type: AWS::Serverless::Function}
        Named: {Type: AWS::Serverless::Function, Properties: {FunctionName: submit}}
        Api:
          Type: AWS::Serverless::Api
          Properties:
            StageName: a
            Variables: {fn: submit, qualifier: live}
            DefinitionBody:
              paths:
                /a: {post: {x-amazon-apigateway-integration: {type: aws_proxy, uri: !Sub '\(uri)'}}}
      """
    return try deployment(source).apis.first?.routes.first?.integration
  }

  @Test(
    "is found by its logical id, its FunctionName and the stage's variables",
    arguments: [
      ("${F.Arn}", "F"), ("${Named.Arn}", "Named"), ("${Named.Arn}:live", "Named"), ("function:submit", "Named"),
      ("123456789012:function:submit", "Named"), ("function:submit:live", "Named"),
      ("function:${!stageVariables.fn}", "Named"),
      ("arn:aws:lambda:us-east-1:123456789012:function:${!stageVariables.fn}:${!stageVariables.qualifier}", "Named"),
    ])
  func found(function: String, id: String) throws {
    guard case .lambdaProxy(id, _, _) = try target(function) else {
      Issue.record("\(String(describing: try target(function)))")
      return
    }
  }

  @Test(
    "is not the logical id of a function with another name, nor in a missing variable",
    arguments: ["function:Named", "function:${!stageVariables.other}", "function:other"])
  func missing(function: String) throws {
    #expect(try target(function)?.kind == .unsupported)
  }

  @Test("has its FunctionName in Lambda")
  func name() throws {
    let source = functionLines + "    Properties: {FunctionName: !Sub '${AWS::StackName}-submit'}\n"
    let function = try #require(try deployment(source).functions["F"])
    #expect(function.logicalID == "F")
    #expect(function.name == "apigw-batch-submit")
  }

  @Test("may have a URL of CloudFormation's own type")
  func url() throws {
    let source = """
      \(functionLines)  Url:
          Type: AWS::Lambda::Url
          Properties: {TargetFunctionArn: !GetAtt F.Arn, AuthType: NONE}
        Lost:
          Type: AWS::Lambda::Url
          Properties: {TargetFunctionArn: other, AuthType: NONE}
      """
    let deployment = try deployment(source)
    #expect(deployment.apis.map(\.function) == ["F"])
    #expect(
      deployment.warnings == [
        #"t.yaml:9: Resources.Lost.Properties.TargetFunctionArn: the template has no function "other"; the URL is ignored"#
      ])
  }
}
