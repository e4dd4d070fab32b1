import Testing
import Workstation

@testable import Doctor

@Suite("The doctor's findings about the table of keys")
struct TableCheckTests {
  private let check = TableCheck(
    name: "keys", region: "eu-west-1", deploy: DeployCommand(parameters: ["JobQueues": "a", "JobDefinitions": "b"]),
    again: "apigw-batch doctor --stack s")

  private static let end = "--region eu-west-1"

  private func run(_ output: String, status: Int32 = 0, error: String = "") -> ProgramRun {
    ProgramRun(status: status, output: Array(output.utf8), error: error)
  }

  private func table(_ status: String, _ keys: [(name: String, type: String)] = [("id", "S")]) -> ProgramRun {
    func list(_ type: (String) -> String) -> String {
      keys.map { #"{"name":"\#($0.name)","type":"\#(type($0.type))"}"# }.joined(separator: ",")
    }
    return run(#"{"status":"\#(status)","keys":[\#(list { _ in "HASH" })],"attributes":[\#(list { $0 })]}"#)
  }

  @Test("accept a table that is active or being updated, with the key that the function uses")
  func active() {
    #expect(check.finding(aboutTable: table("ACTIVE")) == .ok("table keys: ACTIVE, with the key id"))
    #expect(check.finding(aboutTable: table("UPDATING")).verdict == .ok)
  }

  @Test("report every other status")
  func statuses() {
    #expect(
      check.finding(aboutTable: table("CREATING"))
        == .warn("table keys is CREATING; try again in a minute", run: "apigw-batch doctor --stack s"))
    for status in ["DELETING", "INACCESSIBLE_ENCRYPTION_CREDENTIALS", "ARCHIVED"] {
      #expect(
        check.finding(aboutTable: table(status))
          == .fail(
            "table keys is \(status), so requests with a key fail",
            run: "aws dynamodb describe-table --table-name keys \(Self.end)"))
    }
  }

  @Test(
    "report another key, with the command that deploys with another table",
    arguments: [
      ([("pk", "S")], "pk (S)"), ([("id", "N")], "id (N)"), ([("id", "S"), ("sort", "S")], "id (S) and sort (S)"),
    ])
  func keys(keys: [(name: String, type: String)], words: String) {
    #expect(
      check.finding(aboutTable: table("ACTIVE", keys))
        == .fail(
          "table keys has the key \(words), not id (S); deploy with another table",
          run: "make deploy JOB_QUEUES=a JOB_DEFINITIONS=b PARAMETERS='IdempotencyTable='"))
  }

  @Test("report a missing table, with the command that creates it")
  func missing() {
    let error = "An error occurred (ResourceNotFoundException) when calling the DescribeTable operation: not found"
    #expect(
      check.finding(aboutTable: run("", status: 254, error: "\n\(error)\n"))
        == .fail(
          "table keys does not exist in eu-west-1, so requests with a key fail",
          run: "aws dynamodb create-table --table-name keys --attribute-definitions AttributeName=id,AttributeType=S "
            + "--key-schema AttributeName=id,KeyType=HASH --billing-mode PAY_PER_REQUEST \(Self.end)"))
  }

  @Test("skip a table that may not be read, which the function doesn't need either")
  func denied() {
    let error = "An error occurred (AccessDeniedException) when calling the DescribeTable operation: no"
    #expect(
      check.finding(aboutTable: run("", status: 254, error: error))
        == .skip(
          "table keys: not checked; these keys may not call dynamodb:DescribeTable, which only this check needs "
            + "(\(error))", run: "aws sts get-caller-identity"))
    #expect(
      check.finding(aboutTimeToLive: run("", status: 254, error: error)).text.contains("dynamodb:DescribeTimeToLive"))
  }

  @Test("report a missing AWS CLI, another error and unexpected output")
  func faults() {
    let command = "aws dynamodb describe-table --table-name keys \(Self.end)"
    #expect(
      check.finding(aboutTable: nil) == .fail("table keys: the AWS CLI is missing, or took too long", run: command))
    #expect(check.finding(aboutTable: run("", status: 255, error: "no")) == .fail("table keys: no", run: command))
    #expect(check.finding(aboutTable: run("", status: 1)) == .fail("table keys: status 1", run: command))
    for output in ["<html>", "null", "{}"] {
      #expect(
        check.finding(aboutTable: run(output))
          == .fail("table keys: the AWS CLI printed unexpected output", run: command))
      #expect(check.finding(aboutTimeToLive: run(output)).verdict == .fail)
    }
  }

  @Test("accept only a time to live by expiration, and warn otherwise, as keys expire in any case")
  func timeToLive() {
    func finding(_ status: String, _ attribute: String? = nil) -> Finding {
      let attribute = attribute.map { #""\#($0)""# } ?? "null"
      return check.finding(aboutTimeToLive: run(#"{"status":"\#(status)","attribute":\#(attribute)}"#))
    }
    for status in ["ENABLED", "ENABLING"] {
      #expect(finding(status, "expiration") == .ok("table keys: time to live by expiration"))
      #expect(
        finding(status, "it's")
          == .warn(
            "table keys has its time to live in it's, not in expiration, so expired keys are never deleted; disable it, "
              + "then run the doctor again",
            run: "aws dynamodb update-time-to-live --table-name keys --time-to-live-specification "
              + #"'Enabled=false,AttributeName=it'\''s' \#(Self.end)"#))
    }
    #expect(
      finding("DISABLED")
        == .warn(
          "table keys has no time to live, so expired keys are never deleted",
          run: "aws dynamodb update-time-to-live --table-name keys --time-to-live-specification "
            + "Enabled=true,AttributeName=expiration \(Self.end)"))
    #expect(finding("DISABLING", "expiration").verdict == .warn)
  }
}
