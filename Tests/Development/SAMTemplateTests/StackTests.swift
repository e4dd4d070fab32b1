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
    """

  /// The value of a text, or of a list's texts, of an expression in a stack of this template.
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
    "are those of its functions, in either form",
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

  @Test("are nothing where they're AWS::NoValue")
  func noValue() throws {
    #expect(try value("!Ref AWS::NoValue") == nil)
    #expect(try value("!If [No, a, !Ref 'AWS::NoValue']") == nil)
  }

  @Test("know the account, the region and its partition")
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
    "that can't be had are errors with the place, which say what to do",
    arguments: [
      ("!Ref Nobody", #"t.yaml:17: Test: "Nobody" is no parameter and no resource of the template; add it"#),
      ("!Sub '${Nobody}'", #"t.yaml:17: Test: "Nobody" is no parameter and no resource"#),
      ("!GetAtt Nobody.Arn", #"t.yaml:17: Test: "Nobody" is no resource"#),
      ("!GetAtt F", "t.yaml:17: Test: Fn::GetAtt takes Resource.Attribute; write it so"),
      ("!GetAtt F.Shoe", "t.yaml:17: Test: the attribute Shoe of F isn't known here"),
      ("!Ref Gone", "t.yaml:17: Test: Gone isn't deployed, for its Condition is false"),
      ("!Ref AWS::Moon", "t.yaml:17: Test: AWS::Moon is no pseudo parameter"),
      ("!Sub '${Names}'", "t.yaml:17: Test: Fn::Sub can't put the list Names into a text"),
      ("!Join [a]", "t.yaml:17: Test: Fn::Join takes a list of 2; write it so"),
      ("!Join [',', b]", "t.yaml:17: Test[1]: Fn::Join takes a list there"),
      ("!Select [7, !Ref Names]", "t.yaml:17: Test: Fn::Select finds no element 7 in a list of 3; count from 0"),
      ("!Split ['', a]", "t.yaml:17: Test[0]: is empty; write what Fn::Split splits at"),
      ("!FindInMap [Sizes, moon, small]", #"t.yaml:17: Test[1]: there is no "moon" in Mappings.Sizes"#),
      ("!If [Maybe, a, b]", #"t.yaml:17: Test[0]: names the condition "Maybe", which is not among Conditions"#),
      ("!ImportValue x", "t.yaml:17: Test: Fn::ImportValue isn't run here; write the value itself"),
      (
        "{'Fn::Transform': {Name: 'AWS::Include'}}",
        "t.yaml:17: Test: Fn::Transform isn't run here; write what it includes in its place"
      ),
      ("{'Fn::Transform': {Name: 'AWS::Include'}, a: b}", "t.yaml:17: Test: has other keys beside Fn::Transform"),
      ("!GetAZs ''", "t.yaml:17: Test: Fn::GetAZs isn't run here"),
      ("!FindInMap [Sizes, us-east-1, circle]", "t.yaml:6: Mappings.Sizes.us-east-1.circle: depends on itself"),
      ("!GetAtt Circle.Stage", "t.yaml:15: Resources.Circle.Properties.StageName: depends on itself"),
    ])
  func failures(expression: String, message: String) {
    let failure = failure(expression)
    #expect(failure.hasPrefix(message), "\(failure)")
  }
}
