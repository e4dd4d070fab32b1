import DevelopmentTestSupport
import Testing

@testable import SAMTemplate

@Suite("A template's parameters")
struct ParameterTests {
  /// A template with one parameter, on its second line, which a variable of a function shows.
  private func template(_ declaration: String, value: String = "!Ref P") -> String {
    """
    Parameters:
      P: \(declaration)
    \(functionLines)    Properties:
          Environment: {Variables: {P: \(value)}}
    """
  }

  private func shown(_ declaration: String, _ parameters: [String: String] = [:], value: String = "!Ref P") throws
    -> String?
  {
    try deployment(template(declaration, value: value), parameters: parameters).functions["F"]?.variables["P"]
  }

  @Test("have the value given, or else their default")
  func values() throws {
    #expect(try shown("{Type: String, Default: a}") == "a")
    #expect(try shown("{Type: String, Default: a}", ["P": "b"]) == "b")
    #expect(try shown("{Type: String}", ["P": ""]) == "")
    #expect(try shown("{Type: CommaDelimitedList, Default: a}", ["P": "b, *"], value: "!Join ['|', !Ref P]") == "b|*")
    #expect(try shown("{Type: 'List<Number>', Default: '1,2'}", value: "!Select [1, !Ref P]") == "2")
    #expect(try shown("{Type: 'AWS::EC2::VPC::Id'}", ["P": "vpc-1"]) == "vpc-1")
  }

  @Test(
    "are checked",
    arguments: [
      ("{Type: String}", nil, "t.yaml:2: Parameters.P: has no Default and no value was given; give one as P=VALUE"),
      (
        "{Type: Number, MaxValue: 3}", "9",
        #"t.yaml:2: Parameters.P: doesn't allow "9"; give one within MaxValue 3"#
      ),
      (
        "{Type: String, MinLength: 2}", "a",
        #"t.yaml:2: Parameters.P: doesn't allow "a"; give one within MinLength 2"#
      ),
      (
        "{Type: String, AllowedValues: [a, b]}", "c",
        #"t.yaml:2: Parameters.P: doesn't allow "c"; give one of a, b"#
      ),
      (
        "{Type: CommaDelimitedList, AllowedValues: [a, b]}", "a,c",
        #"t.yaml:2: Parameters.P: doesn't allow "c"; give one of a, b"#
      ),
      ("{Type: Number}", "x", #"t.yaml:2: Parameters.P: is a Number, not "x"; give one as P=NUMBER"#),
      (
        "{Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: small}", "a1",
        #"t.yaml:2: Parameters.P: doesn't allow "a1" (small); give one that matches [a-z]+"#
      ),
      (
        "{Type: 'AWS::SSM::Parameter::Value<String>', Default: /a}", nil,
        "t.yaml:2: Parameters.P: is looked up in Systems Manager, not here; give a value as P=VALUE"
      ),
    ])
  func checks(declaration: String, value: String?, message: String) {
    let parameters = value.map { ["P": $0] } ?? [:]
    #expect(failure(template(declaration), parameters: parameters) == message)
  }

  @Test("are checked when a value is given, used or not; one without a value only when it's used")
  func unused() throws {
    let declaration = "{Type: String, AllowedValues: [a]}"
    #expect(try shown(declaration, value: "x") == "x")
    #expect(failure(template(declaration, value: "x"), parameters: ["P": "b"]).contains("doesn't allow"))
  }

  @Test("are the only ones that a value may be given for")
  func unknown() {
    #expect(
      failure(template("{Type: String}"), parameters: ["Q": "1"])
        == #"t.yaml: Parameters: "Q" is none of them; name one of P"#)
    #expect(failure(functionLines, parameters: ["Q": "1"]).hasSuffix("the template has no parameters"))
  }
}
