import DevelopmentTestSupport
import Testing

@testable import SAMTemplate

@Suite("A template's parameters")
struct ParameterTests {
  /// A template with one parameter, on its second line, whose value is in a function's variable.
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

  @Test("have the given value, or else their default")
  func values() throws {
    #expect(try shown("{Type: String, Default: a}") == "a")
    #expect(try shown("{Type: String, Default: a}", ["P": "b"]) == "b")
    #expect(try shown("{Type: String}", ["P": ""]) == "")
    #expect(try shown("{Type: CommaDelimitedList, Default: a}", ["P": "b, *"], value: "!Join ['|', !Ref P]") == "b|*")
    #expect(try shown("{Type: 'List<Number>', Default: '1,2'}", value: "!Select [1, !Ref P]") == "2")
    #expect(try shown("{Type: 'AWS::EC2::VPC::Id'}", ["P": "vpc-1"]) == "vpc-1")
  }

  @Test("have the settings' default instead of their own, if their AllowedValues list it")
  func presets() throws {
    func shown(_ declaration: String, _ parameters: [String: String] = [:]) throws -> String? {
      var settings = StackSettings.example(parameters)
      settings.defaults = ["P": "on", "Q": "on"]
      return try Deployment(template: template(declaration), file: "t.yaml", settings).functions["F"]?.variables["P"]
    }
    #expect(try shown("{Type: String, Default: 'off', AllowedValues: ['on', 'off']}") == "on")
    #expect(try shown("{Type: String, Default: 'off', AllowedValues: ['on', 'off']}", ["P": "off"]) == "off")
    #expect(try shown("{Type: String, Default: a, AllowedValues: [a]}") == "a")
    #expect(try shown("{Type: String, Default: a}") == "a")
  }

  @Test(
    "are checked",
    arguments: [
      ("{Type: String}", nil, "t.yaml:2: Parameters.P: has no value and no Default; give it a value with P=VALUE"),
      (
        "{Type: Number, MaxValue: 3}", "9",
        #"t.yaml:2: Parameters.P: doesn't allow "9"; give it a value within MaxValue 3"#
      ),
      (
        "{Type: String, MinLength: 2}", "a",
        #"t.yaml:2: Parameters.P: doesn't allow "a"; give it a value within MinLength 2"#
      ),
      (
        "{Type: String, AllowedValues: [a, b]}", "c",
        #"t.yaml:2: Parameters.P: doesn't allow "c"; give it one of a, b"#
      ),
      (
        "{Type: CommaDelimitedList, AllowedValues: [a, b]}", "a,c",
        #"t.yaml:2: Parameters.P: doesn't allow "c"; give it one of a, b"#
      ),
      ("{Type: Number}", "x", #"t.yaml:2: Parameters.P: must be a number, not "x"; give it one with P=NUMBER"#),
      (
        "{Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: small}", "a1",
        #"t.yaml:2: Parameters.P: doesn't allow "a1" (small); give it a value that matches [a-z]+"#
      ),
    ])
  func checks(declaration: String, value: String?, message: String) {
    let parameters = value.map { ["P": $0] } ?? [:]
    #expect(failure(template(declaration), parameters: parameters) == message)
  }

  @Test("are checked if a value is given; those without a value only if used")
  func unused() throws {
    let declaration = "{Type: String, AllowedValues: [a]}"
    #expect(try shown(declaration, value: "x") == "x")
    #expect(failure(template(declaration, value: "x"), parameters: ["P": "b"]).contains("doesn't allow"))
  }

  @Test("must be declared before they can be given a value")
  func unknown() {
    #expect(
      failure(template("{Type: String}"), parameters: ["Q": "1"])
        == #"t.yaml: Parameters: there is no "Q"; name one of P"#)
    #expect(failure(functionLines, parameters: ["Q": "1"]).hasSuffix("the template has no parameters"))
  }
}
