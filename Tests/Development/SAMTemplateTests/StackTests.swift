import DevelopmentTestSupport
import Testing

@testable import SAMTemplate

@Suite("A stack's values")
struct StackTests {
  private static let template = """
    Parameters:
      Name: {Type: String, Default: apple}
      Names: {Type: CommaDelimitedList, Default: 'a, b,c'}
    Mappings:
      Sizes:
        us-east-1: {small: '1', list: [x, y], circle: !FindInMap [Sizes, us-east-1, circle]}
    Conditions:
      Yes: !Equals [!Ref Name, apple]
      No: !Not [!Condition Yes]
    Resources:
      F: {Type: AWS::Serverless::Function}
      Role: {Type: AWS::IAM::Role}
      Api: {Type: AWS::Serverless::Api, Properties: {StageName: a}}
      Queue: {Type: AWS::Batch::JobQueue}
      Circle: {Type: AWS::Serverless::Api, Properties: {StageName: !GetAtt Circle.Stage}}
      Gone: {Type: AWS::SQS::Queue, Condition: No}
      G: {Type: AWS::Serverless::Function, Properties: {FunctionName: !Sub '${Name}-g', AutoPublishAlias: live, FunctionUrlConfig: {}}}
      Jobs: {Type: AWS::Batch::JobQueue, Properties: {JobQueueName: reports}}
      Job: {Type: AWS::Batch::JobDefinition, Properties: {JobDefinitionName: resize}}
      Table: {Type: AWS::DynamoDB::Table, Properties: {TableName: keys}}
      Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub '${Name}s'}}
      Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: news}}
      Mail: {Type: AWS::SQS::Queue, Properties: {QueueName: mail}}
      Named: {Type: AWS::IAM::Role, Properties: {RoleName: r}}
      Alias: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref G, Name: blue}}
      Http: {Type: AWS::Serverless::HttpApi}
    """

  /// The string, or the strings of the list, that an expression yields in a stack of this template.
  private func value(_ expression: String, region: String = "us-east-1") throws -> [String]? {
    let source = "\(Self.template)\nTest: \(expression)\n"
    let stack = try Stack(source: source, file: "t.yaml", .example(region: region))
    let node = try #require(stack.root["Test"])
    guard let value = try TemplateValue(node, in: stack) else { return nil }
    return value.node.elements == nil ? [try value.text()] : try value.texts()
  }

  private func failure(_ expression: String) -> String {
    do {
      return "no error but \(try value(expression) ?? [])"
    } catch {
      return "\(error)"
    }
  }

  @Test(
    "are the results of functions, in either form",
    arguments: [
      ("!Ref Name", ["apple"]),
      ("{Ref: Name}", ["apple"]),
      ("!Ref Names", ["a", "b", "c"]),
      ("!Ref F", ["F"]),
      ("!Ref FRole", ["FRole"]),
      ("!Ref Queue", ["arn:aws:batch:us-east-1:123456789012:job-queue/Queue"]),
      ("!GetAtt F.Arn", ["arn:aws:lambda:us-east-1:123456789012:function:F"]),
      ("{'Fn::GetAtt': [F, Arn]}", ["arn:aws:lambda:us-east-1:123456789012:function:F"]),
      ("!Ref Api.Stage", ["a"]),
      ("!Ref ApiaStage", ["a"]),
      ("!Ref ApiStage", ["a"]),
      ("!Ref HttpApiGatewayDefaultStage", ["$default"]),
      ("!Ref ServerlessRestApiProdStage", ["Prod"]),
      ("!Ref G", ["apple-g"]),
      ("!GetAtt G.Arn", ["arn:aws:lambda:us-east-1:123456789012:function:apple-g"]),
      ("!Ref GAliaslive", ["arn:aws:lambda:us-east-1:123456789012:function:apple-g:live"]),
      ("!Ref G.Alias", ["arn:aws:lambda:us-east-1:123456789012:function:apple-g:live"]),
      ("!Ref G.Version", ["arn:aws:lambda:us-east-1:123456789012:function:apple-g:1"]),
      ("!Ref Alias", ["arn:aws:lambda:us-east-1:123456789012:function:apple-g:blue"]),
      ("!Ref GUrl", ["arn:aws:lambda:us-east-1:123456789012:function:apple-g"]),
      ("!GetAtt GUrl.FunctionUrl", ["https://\(APIDefinition.id("GUrl")).lambda-url.us-east-1.on.aws/"]),
      ("!Ref Jobs", ["arn:aws:batch:us-east-1:123456789012:job-queue/reports"]),
      ("!GetAtt Jobs.JobQueueArn", ["arn:aws:batch:us-east-1:123456789012:job-queue/reports"]),
      ("!Ref Job", ["arn:aws:batch:us-east-1:123456789012:job-definition/resize:1"]),
      ("[!Ref Table, !GetAtt Table.Arn]", ["keys", "arn:aws:dynamodb:us-east-1:123456789012:table/keys"]),
      ("[!Ref Bucket, !GetAtt Bucket.Arn]", ["apples", "arn:aws:s3:::apples"]),
      ("[!Ref Topic, !GetAtt Topic.TopicName]", ["arn:aws:sns:us-east-1:123456789012:news", "news"]),
      ("!Ref Mail", ["https://sqs.us-east-1.amazonaws.com/123456789012/mail"]),
      ("!GetAtt Mail.Arn", ["arn:aws:sqs:us-east-1:123456789012:mail"]),
      ("[!Ref Named, !GetAtt Named.Arn]", ["r", "arn:aws:iam::123456789012:role/r"]),
      ("!GetAtt Http.ApiEndpoint", ["https://\(APIDefinition.id("Http")).execute-api.us-east-1.amazonaws.com"]),
      ("!GetAtt Role.Arn", ["arn:aws:iam::123456789012:role/Role"]),
      ("!GetAtt FRole.Arn", ["arn:aws:iam::123456789012:role/FRole"]),
      (
        "!Sub 'a ${Name} ${!Name} ${F.Arn} $x ${AWS::Region}'",
        ["a apple ${Name} arn:aws:lambda:us-east-1:123456789012:function:F $x us-east-1"]
      ),
      ("{'Fn::Sub': ['${A}-${Name}', {A: !Join ['', [x, y]]}]}", ["xy-apple"]),
      ("!Sub 'open ${Name'", ["open ${Name"]),
      ("!Join ['-', [a, !Ref Name, b]]", ["a-apple-b"]),
      ("{'Fn::Join': [',', {Ref: Names}]}", ["a,b,c"]),
      ("!Join [',', [a, !Ref 'AWS::NoValue', b]]", ["a,b"]),
      ("!Split [',', 'a,b,,c']", ["a", "b", "", "c"]),
      ("{'Fn::Split': ['--', 'a--b']}", ["a", "b"]),
      ("!Select [1, !Ref Names]", ["b"]),
      ("{'Fn::Select': ['0', [x, y]]}", ["x"]),
      ("!FindInMap [Sizes, !Ref 'AWS::Region', small]", ["1"]),
      ("{'Fn::FindInMap': [Sizes, us-east-1, list]}", ["x", "y"]),
      ("!FindInMap [Sizes, moon, small, {DefaultValue: !Ref Name}]", ["apple"]),
      (
        "!GetAtt ServerlessHttpApi.ApiEndpoint",
        ["https://\(APIDefinition.id("ServerlessHttpApi")).execute-api.us-east-1.amazonaws.com"]
      ),
      ("!FindInMap [Sizes, us-east-1, small, {DefaultValue: 2}]", ["1"]),
      ("!If [Yes, a, b]", ["a"]),
      ("{'Fn::If': [No, a, {Ref: Name}]}", ["apple"]),
      ("!If [Yes, !If [No, a, b], c]", ["b"]),
      ("!Base64 hello", ["aGVsbG8="]),
      ("{'Fn::Base64': !Sub '${Name}'}", ["YXBwbGU="]),
      ("[a, !Ref 'AWS::NoValue', b]", ["a", "b"]),
      ("200", ["200"]),
      ("yes", ["yes"]),
    ])
  func functions(expression: String, expected: [String]) throws {
    #expect(try value(expression) == expected)
  }

  @Test("are missing where they are AWS::NoValue")
  func noValue() throws {
    #expect(try value("!Ref AWS::NoValue") == nil)
    #expect(try value("!If [No, a, !Ref 'AWS::NoValue']") == nil)
  }

  @Test("include account, region and partition")
  func pseudoParameters() throws {
    let text = "'${AWS::AccountId} ${AWS::Region} ${AWS::Partition} ${AWS::URLSuffix} ${AWS::StackName}'"
    #expect(try value("!Sub \(text)") == ["123456789012 us-east-1 aws amazonaws.com apigw-batch"])
    #expect(
      try value("!Sub \(text)", region: "cn-north-1")
        == ["123456789012 cn-north-1 aws-cn amazonaws.com.cn apigw-batch"])
    #expect(
      try value("!Ref AWS::StackId")?.first?.hasPrefix("arn:aws:cloudformation:us-east-1:123456789012:stack/") == true)
  }

  @Test(
    "that can't be evaluated are errors with the place and the fix",
    arguments: [
      ("!Ref Nobody", #"t.yaml:27: Test: "Nobody" is not a parameter or resource of the template; add it"#),
      ("!Sub '${Nobody}'", #"t.yaml:27: Test: "Nobody" is not a parameter or resource"#),
      ("!GetAtt Nobody.Arn", #"t.yaml:27: Test: "Nobody" is not a resource"#),
      ("!GetAtt F", "t.yaml:27: Test: Fn::GetAtt needs a resource and an attribute; write Resource.Attribute"),
      ("!GetAtt F.Shoe", "t.yaml:27: Test: F.Shoe is not known here; write the value itself"),
      ("!Ref Gone", "t.yaml:27: Test: Gone isn't deployed, because its Condition is false"),
      ("!Ref AWS::Moon", "t.yaml:27: Test: AWS::Moon is not known here"),
      ("!Sub '${Names}'", "t.yaml:27: Test: Fn::Sub can't insert Names, which is a list"),
      ("!Join [a]", "t.yaml:27: Test: Fn::Join takes a list of length 2; write one"),
      ("!Join [',', b]", "t.yaml:27: Test[1]: Fn::Join needs a list here"),
      ("!Select [7, !Ref Names]", "t.yaml:27: Test: a list of 3 has no element 7 for Fn::Select; count from 0"),
      ("!Split ['', a]", "t.yaml:27: Test[0]: is empty; write the delimiter of Fn::Split"),
      ("!FindInMap [Sizes, moon, small]", #"t.yaml:27: Test[1]: there is no "moon" in Mappings.Sizes"#),
      ("!If [Maybe, a, b]", #"t.yaml:27: Test[0]: the condition "Maybe" is missing; add it to Conditions"#),
      ("!ImportValue x", "t.yaml:27: Test: Fn::ImportValue is not evaluated here; write the value itself"),
      (
        "{'Fn::Transform': {Name: 'AWS::Include'}}",
        "t.yaml:27: Test: has no Location; write the file's name in Parameters"
      ),
      ("{'Fn::Transform': {Name: Mine}}", "t.yaml:27: Test: only the macro AWS::Include is run here"),
      ("{'Fn::Sub': a, a: b}", "t.yaml:27: Test: has keys next to Fn::Sub; write the function alone"),
      ("{'Fn::Moon': a}", "t.yaml:27: Test: Fn::Moon is not a function of CloudFormation; fix the name"),
      ("'{{resolve:ssm:a}}'", "t.yaml:27: Test: has a dynamic reference, which is not resolved here"),
      ("!GetAZs ''", "t.yaml:27: Test: Fn::GetAZs is not evaluated here"),
      ("!FindInMap [Sizes, us-east-1, circle]", "t.yaml:6: Mappings.Sizes.us-east-1.circle: depends on itself"),
      ("!GetAtt Circle.Stage", "t.yaml:15: Resources.Circle.Properties.StageName: depends on itself"),
    ])
  func failures(expression: String, message: String) {
    let failure = failure(expression)
    #expect(failure.hasPrefix(message), "\(failure)")
  }
}
