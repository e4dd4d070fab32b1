internal import Foundation

/// A deployed stack as `aws cloudformation describe-stacks` prints it.
struct DeployedStack: Decodable {
  /// A parameter with its value.
  struct Parameter: Decodable {
    let name: String
    let value: String?

    enum CodingKeys: String, CodingKey {
      case name = "ParameterKey"
      case value = "ParameterValue"
    }
  }

  /// An output, such as a URL.
  struct Output: Decodable {
    let name: String
    let value: String

    enum CodingKeys: String, CodingKey {
      case name = "OutputKey"
      case value = "OutputValue"
    }
  }

  let status: String
  let statusReason: String?
  let parameters: [Parameter]?
  let outputs: [Output]?

  enum CodingKeys: String, CodingKey {
    case status = "StackStatus"
    case statusReason = "StackStatusReason"
    case parameters = "Parameters"
    case outputs = "Outputs"
  }

  /// The values of its parameters.
  var values: [String: String] {
    (parameters ?? []).reduce(into: [:]) { $0[$1.name] = $1.value }
  }
}

/// Whether a stack is deployed as it was meant to be.
struct StackCheck {
  let name: String
  let region: String

  /// Asks the AWS CLI, which knows the same keys.
  func ask() async -> ProgramRun? {
    let arguments = ["cloudformation", "describe-stacks", "--stack-name", name, "--region", region, "--output", "json"]
    return await ProgramRun.of("aws", arguments, timeLimit: .seconds(30))
  }

  /// What the CLI's answer means, and the stack where there is one.
  func read(_ run: ProgramRun?) -> (findings: [Finding], stack: DeployedStack?) {
    let command = "aws cloudformation describe-stacks --stack-name \(name) --region \(region)"
    guard let run else {
      return ([.fail("stack \(name): the AWS CLI doesn't run, or doesn't end", type: command)], nil)
    }
    guard run.status == 0 else {
      let reason = run.lastErrorLine ?? "status \(run.status)"
      guard reason.contains("does not exist") else { return ([.fail("stack \(name): \(reason)", type: command)], nil) }
      return (
        [.fail("stack \(name): there is none in \(region)", type: DeployCommand(stack: name).line)], nil
      )
    }
    struct Answer: Decodable {
      let Stacks: [DeployedStack]
    }
    guard let stack = (try? JSONDecoder().decode(Answer.self, from: Data(run.output)))?.Stacks.first else {
      return ([.fail("stack \(name): the AWS CLI's answer is not understood", type: command)], nil)
    }
    let urls = (stack.outputs ?? []).filter { $0.value.hasPrefix("https://") }
    return (
      [finding(stack)] + urls.sorted { $0.name < $1.name }.map { .ok("stack \(name): \($0.name) \($0.value)") }, stack
    )
  }

  private func finding(_ stack: DeployedStack) -> Finding {
    let text = "stack \(name): \(stack.status)" + (stack.statusReason.map { " (\($0))" } ?? "")
    let events = "aws cloudformation describe-stack-events --stack-name \(name) --region \(region)"
    switch stack.status {
    case "CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE": return .ok("stack \(name): \(stack.status)")
    case "CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED":
      return .fail("\(text): its first deployment failed, and it has to go", type: "make destroy STACK=\(name)")
    case "UPDATE_ROLLBACK_COMPLETE", "IMPORT_ROLLBACK_COMPLETE":
      return .warn("\(text): its last deployment failed, and what was before is in place", type: events)
    case let status where status.hasSuffix("_IN_PROGRESS"):
      return .warn("\(text); in a minute", type: "\(CredentialsCheck.again) --stack \(name)")
    default: return .fail(text, type: events)
    }
  }
}
