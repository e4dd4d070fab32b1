internal import Foundation
internal import Workstation

/// A deployed stack, in the form that `query` gives it.
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

  /// What the AWS CLI makes of `aws cloudformation describe-stacks`.
  static let query =
    "Stacks[0].{status: StackStatus, reason: StackStatusReason, "
    + "parameters: Parameters[].{name: ParameterKey, value: ParameterValue}, "
    + "outputs: Outputs[].{name: OutputKey, value: OutputValue}}"

  /// The values of its parameters.
  var values: [String: String] {
    (parameters ?? []).reduce(into: [:]) { $0[$1.name] = $1.value }
  }
}

/// Whether a stack is deployed as it was meant to be.
struct StackCheck {
  let name: String
  let region: String
  /// The doctor's own command.
  let again: String

  /// Asks the AWS CLI, which knows the same keys.
  func ask() async -> ProgramRun? {
    await ProgramRun.ofAWS(
      [
        "cloudformation", "describe-stacks", "--stack-name", name, "--region", region, "--output", "json", "--query",
        DeployedStack.query,
      ], timeLimit: .seconds(30))
  }

  /// What the CLI's answer means, and the stack where there is one.
  func read(_ run: ProgramRun?) -> (findings: [Finding], stack: DeployedStack?) {
    let command = aws("describe-stacks")
    guard let run else {
      return ([.fail("stack \(name): the AWS CLI doesn't run, or doesn't end", run: command)], nil)
    }
    guard run.status == 0 else {
      let reason = run.lastErrorLine ?? "status \(run.status)"
      // There are tokens and profiles, too, that do not exist.
      let isMissing = reason.contains("Stack with id") && reason.contains("does not exist")
      return ([isMissing ? missing("") : .fail("stack \(name): \(reason)", run: command)], nil)
    }
    guard let stack = try? JSONDecoder().decode(DeployedStack.self, from: Data(run.output)) else {
      return ([.fail("stack \(name): the AWS CLI's answer is not understood", run: command)], nil)
    }
    if stack.status == "REVIEW_IN_PROGRESS" {
      return ([missing(" yet, but for a change set that nobody executed (\(stack.status))")], nil)
    }
    let outputs = (stack.outputs ?? []).sorted { $0.name < $1.name }.map { "\($0.name) \($0.value ?? "")" }
    return ([finding(stack)] + outputs.filter { $0.contains(" https://") }.map { .ok("stack \(name): \($0)") }, stack)
  }

  private func missing(_ rest: String) -> Finding {
    DeployCommand(stack: name).finding(.fail, "stack \(name): there is none in \(region)\(rest)")
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
        "\(text): its first deployment failed, and it has to go", run: "make destroy STACK=\(name.shellQuoted)")
    case "UPDATE_ROLLBACK_FAILED":
      return .fail("\(text): nothing can be deployed until that goes on", run: aws("continue-update-rollback"))
    case "UPDATE_ROLLBACK_COMPLETE", "IMPORT_ROLLBACK_COMPLETE":
      return .warn(
        "\(text): its last deployment failed, and what was before is in place", run: aws("describe-stack-events"))
    case let status where status.hasSuffix("_IN_PROGRESS"):
      return .warn("\(text); in a minute", run: again)
    default: return .fail(text, run: aws("describe-stack-events"))
    }
  }
}
