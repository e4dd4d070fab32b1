import DevelopmentTestSupport
import Testing

@testable import SAMTemplate

@Suite("A template's conditions")
struct ConditionTests {
  private func template(_ condition: String) -> String {
    """
    Parameters:
      P: {Type: String, Default: a}
    Conditions:
      A: !Equals [!Ref P, a]
      C: \(condition)
    Resources:
      F:
        Type: AWS::Serverless::Function
        Condition: C
    """
  }

  @Test(
    "decide which resources are deployed",
    arguments: [
      ("!Equals [a, a]", true), ("!Equals [a, b]", false), ("{'Fn::Equals': [{Ref: P}, a]}", true),
      ("!Not [!Equals [a, a]]", false), ("{'Fn::Not': [{Condition: A}]}", false),
      ("!And [!Condition A, !Equals [a, a]]", true), ("{'Fn::And': [{Condition: A}, !Equals [a, b]]}", false),
      ("!Or [!Equals [a, b], !Condition A]", true), ("{'Fn::Or': [!Equals [a, b], !Equals [b, a]]}", false),
      ("!Condition A", true), ("!Equals [!Join ['', [a, b]], ab]", true),
    ])
  func values(condition: String, exists: Bool) throws {
    #expect(try deployment(template(condition)).functions.isEmpty == !exists)
  }

  @Test(
    "that can't be evaluated are errors with the place",
    arguments: [
      ("!Condition C", "t.yaml:5: Conditions.C: depends on itself (C → C); break the cycle"),
      ("!And [!Condition A, !Not [!Condition C]]", "t.yaml:5: Conditions.C: depends on itself (C → C)"),
      ("!Condition D", #"t.yaml:5: Conditions.C: the condition "D" is missing; add it to Conditions"#),
      ("yes", "t.yaml:5: Conditions.C: is not a condition; write Fn::Equals"),
      ("!Ref P", "t.yaml:5: Conditions.C: Ref is not a condition"),
      ("!Equals [a]", "t.yaml:5: Conditions.C: Fn::Equals takes a list of length 2"),
    ])
  func failures(condition: String, message: String) {
    let failure = failure(template(condition))
    #expect(failure.hasPrefix(message), "\(failure)")
  }

  @Test("are evaluated once each, however often they are used")
  func sharing() throws {
    var conditions = "Conditions:\n  C0: !Equals [a, a]\n"
    for index in 1...60 { conditions += "  C\(index): !And [!Condition C\(index - 1), !Condition C\(index - 1)]\n" }
    let source = conditions + functionLines + "    Condition: C60\n"
    #expect(try deployment(source).functions.count == 1)
  }
}
