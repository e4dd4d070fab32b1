import Testing
import Workstation

@testable import Doctor

@Suite("The doctor's findings about a stack")
struct StackCheckTests {
  private let check = StackCheck(
    name: "apigw-batch", region: "eu-west-1", again: "swift run apigw-batch doctor --stack apigw-batch")

  private func read(
    _ output: String, status: Int32 = 0, error: String = ""
  ) -> (findings: [Finding], stack: DeployedStack?) {
    check.read(ProgramRun(status: status, output: Array(output.utf8), error: error))
  }

  private func stack(_ status: String, _ more: String = "") -> String {
    #"{"status":"\#(status)"\#(more)}"#
  }

  @Test("include its status and URLs; its parameters are read")
  func well() {
    let more = """
      ,"reason":null,"parameters":[{"name":"JobQueues","value":"reports"},{"name":"Secret","value":null}],
      "outputs":[{"name":"LambdaUrl","value":"https://b/"},{"name":"FunctionName","value":"f"},
      {"name":"DirectUrl","value":"https://a/"}]
      """
    let (findings, stack) = read(self.stack("UPDATE_COMPLETE", more))
    #expect(
      findings.map(\.description) == [
        "ok    stack apigw-batch: UPDATE_COMPLETE", "ok    stack apigw-batch: DirectUrl https://a/",
        "ok    stack apigw-batch: LambdaUrl https://b/",
      ])
    #expect(stack?.values == ["JobQueues": "reports"])
    #expect(stack?.table == nil)
    let named = #","outputs":[{"name":"FunctionName","value":"f"},{"name":"IdempotencyTableName","value":"keys"}]"#
    #expect(read(self.stack("UPDATE_COMPLETE", named)).stack?.table == "keys")
  }

  @Test(
    "report every status other than a complete one",
    arguments: [
      ("UPDATE_IN_PROGRESS", Finding.Verdict.warn, "swift run apigw-batch doctor --stack apigw-batch"),
      ("UPDATE_ROLLBACK_COMPLETE", .warn, "aws cloudformation describe-stack-events"),
      ("ROLLBACK_COMPLETE", .fail, "make destroy STACK=apigw-batch"),
      ("CREATE_FAILED", .fail, "make destroy STACK=apigw-batch"),
      (
        "UPDATE_ROLLBACK_FAILED", .fail,
        "aws cloudformation continue-update-rollback --stack-name apigw-batch --region eu-west-1"
      ),
      ("DELETE_FAILED", .fail, "aws cloudformation describe-stack-events"),
    ])
  func statuses(status: String, verdict: Finding.Verdict, command: String) throws {
    let finding = try #require(read(stack(status, #","reason":"why""#)).findings.first)
    #expect(finding.verdict == verdict)
    #expect(finding.text.hasPrefix("stack apigw-batch: \(status) (why)"))
    #expect(finding.command?.hasPrefix(command) == true, "\(finding)")
  }

  @Test("report a stack whose change set was never executed as not existing yet")
  func review() {
    let (findings, stack) = read(self.stack("REVIEW_IN_PROGRESS"))
    #expect(
      findings.map(\.description) == [
        "fail  stack apigw-batch does not exist in eu-west-1 yet: its change set was never executed "
          + "(REVIEW_IN_PROGRESS); run: make deploy STACK=apigw-batch JOB_QUEUES=NAME JOB_DEFINITIONS=NAME"
      ])
    #expect(stack == nil)
  }

  @Test("report a missing stack, a missing AWS CLI, invalid keys and unexpected output")
  func faults() {
    let unknown = "\nAn error occurred (ValidationError) …: Stack with id apigw-batch does not exist\n"
    #expect(
      read("", status: 254, error: unknown).findings.map(\.description) == [
        "fail  stack apigw-batch does not exist in eu-west-1; "
          + "run: make deploy STACK=apigw-batch JOB_QUEUES=NAME JOB_DEFINITIONS=NAME"
      ])
    let token = read("", status: 255, error: "\nError loading SSO Token: Token for corp does not exist\n").findings
    #expect(token.first?.text == "stack apigw-batch: Error loading SSO Token: Token for corp does not exist")
    let expired = read("", status: 254, error: "\nAn error occurred (ExpiredToken)\n").findings
    let command = "aws cloudformation describe-stacks --stack-name apigw-batch --region eu-west-1"
    #expect(expired == [.fail("stack apigw-batch: An error occurred (ExpiredToken)", run: command)])
    #expect(read("<html>").findings.first?.text == "stack apigw-batch: the AWS CLI printed unexpected output")
    #expect(check.read(nil).findings.first?.verdict == .fail)
  }
}
