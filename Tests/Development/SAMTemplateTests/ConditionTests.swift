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
    "decide which resources there are",
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
    "that can't be had are errors with the place",
    arguments: [
      ("!Condition C", "t.yaml:5: Conditions.C: depends on itself (C → C); break the circle"),
      ("!And [!Condition A, !Not [!Condition C]]", "t.yaml:5: Conditions.C: depends on itself (C → C)"),
      ("!Condition D", #"t.yaml:5: Conditions.C: names the condition "D", which is not among Conditions"#),
      ("yes", "t.yaml:5: Conditions.C: is no condition; write Fn::Equals"),
      ("!Ref P", "t.yaml:5: Conditions.C: Ref is no condition"),
      ("!Equals [a]", "t.yaml:5: Conditions.C: Fn::Equals takes a list of 2"),
      ("!Equals [!ImportValue a, b]", "t.yaml:5: Conditions.C[0]: Fn::ImportValue isn't run here"),
    ])
  func failures(condition: String, message: String) {
    let failure = failure(template(condition))
    #expect(failure.hasPrefix(message), "\(failure)")
  }

  @Test("are evaluated once each, however often they're named")
  func sharing() throws {
    var conditions = "Conditions:\n  C0: !Equals [a, a]\n"
    for index in 1...60 { conditions += "  C\(index): !And [!Condition C\(index - 1), !Condition C\(index - 1)]\n" }
    let source = conditions + functionLines + "    Condition: C60\n"
    #expect(try deployment(source).functions.count == 1)
  }
}
