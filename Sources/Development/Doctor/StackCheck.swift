internal import Foundation
internal import Workstation

/// A deployed stack, in the format of `query`.
struct DeployedStack: Decodable {
  /// A parameter, or an output such as a URL.
  struct Entry: Decodable {
    let name: String
    let value: String?
  }

  let status: String
  let reason: String?
  let parameters: [Entry]?
  let outputs: [Entry]?

  /// The query that reduces the output of `aws cloudformation describe-stacks` to this format.
  static let query =
    "Stacks[0].{status: StackStatus, reason: StackStatusReason, "
    + "parameters: Parameters[].{name: ParameterKey, value: ParameterValue}, "
    + "outputs: Outputs[].{name: OutputKey, value: OutputValue}}"

  /// The values of its parameters.
  var values: [String: String] {
    (parameters ?? []).reduce(into: [:]) { $0[$1.name] = $1.value }
  }

  /// The table with the `Idempotency-Key`s; nil if the stack has none.
  var table: String? { outputs?.first { $0.name == "IdempotencyTableName" }?.value }
}

/// Checks that a stack is deployed successfully.
struct StackCheck {
  let name: String
  let region: String
  /// The doctor's own command.
  let again: String

  /// Runs the AWS CLI, which uses the same keys.
  func ask() async -> ProgramRun? {
    await ProgramRun.ofAWS(
      [
        "cloudformation", "describe-stacks", "--stack-name", name, "--region", region, "--output", "json", "--query",
        DeployedStack.query,
      ], timeLimit: .seconds(30))
  }

  /// The findings about the CLI's output, and the stack, if there is one.
  func read(_ run: ProgramRun?) -> (findings: [Finding], stack: DeployedStack?) {
    let command = aws("describe-stacks")
    guard let run else {
      return ([.fail("stack \(name): the AWS CLI is missing, or took too long", run: command)], nil)
    }
    guard run.status == 0 else {
      let reason = run.lastErrorLine ?? "status \(run.status)"
      // Tokens and profiles are also reported as "does not exist".
      let isMissing = reason.contains("Stack with id") && reason.contains("does not exist")
      return ([isMissing ? missing("") : .fail("stack \(name): \(reason)", run: command)], nil)
    }
    guard let stack = try? JSONDecoder().decode(DeployedStack.self, from: Data(run.output)) else {
      return ([.fail("stack \(name): the AWS CLI printed unexpected output", run: command)], nil)
    }
    if stack.status == "REVIEW_IN_PROGRESS" {
      return ([missing(" yet: its change set was never executed (\(stack.status))")], nil)
    }
    let outputs = (stack.outputs ?? []).sorted { $0.name < $1.name }.map { "\($0.name) \($0.value ?? "")" }
    return ([finding(stack)] + outputs.filter { $0.contains(" https://") }.map { .ok("stack \(name): \($0)") }, stack)
  }

  private func missing(_ rest: String) -> Finding {
    DeployCommand(stack: name).finding(.fail, "stack \(name) does not exist in \(region)\(rest)")
  }

  private func aws(_ action: String) -> String {
    "aws cloudformation \(action) --stack-name \(name.shellQuoted) --region \(region)"
  }

  private func finding(_ stack: DeployedStack) -> Finding {
    let text = "stack \(name): \(stack.status)" + (stack.reason.map { " (\($0))" } ?? "")
    switch stack.status {
    case "CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE": return .ok("stack \(name): \(stack.status)")
    case "CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED":
      return .fail(
        "\(text): its first deployment failed, so it must be deleted", run: "make destroy STACK=\(name.shellQuoted)")
    case "UPDATE_ROLLBACK_FAILED":
      return .fail(
        "\(text): nothing can be deployed until the rollback continues", run: aws("continue-update-rollback"))
    case "UPDATE_ROLLBACK_COMPLETE", "IMPORT_ROLLBACK_COMPLETE":
      return .warn(
        "\(text): its last deployment failed and was rolled back", run: aws("describe-stack-events"))
    case let status where status.hasSuffix("_IN_PROGRESS"):
      return .warn("\(text); try again in a minute", run: again)
    default: return .fail(text, run: aws("describe-stack-events"))
    }
  }
}
