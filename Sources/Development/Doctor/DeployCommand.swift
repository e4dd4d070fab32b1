internal import Platform
internal import Workstation

/// What to type to deploy with these names.
struct DeployCommand {
  /// The stack; nil for the one that `make deploy` has by itself.
  var stack: String?
  /// The parameters' values.
  var parameters: [String: String] = [:]
  /// Whether it's to have another list of members: the user writes it.
  var choosesMembers = false

  /// As many names as the template takes of a kind.
  private static let maximumNames = 5

  /// With more queues and definitions than the parameters allow.
  func allowing(queues: [String] = [], definitions: [String] = []) -> DeployCommand {
    var more = self
    for (parameter, added) in [("JobQueues", queues), ("JobDefinitions", definitions)] where !added.isEmpty {
      // They take the place of the name that allows all, and a definition without a revision that of its revisions.
      let kept = names(parameter).filter { name in
        !["*", "NAME"].contains(name) && !added.contains { name.hasPrefix("\($0):") }
      }
      more.parameters[parameter] = (kept + added.filter { !kept.contains($0) }).joined(separator: ",")
    }
    return more
  }

  /// The command.
  var line: String {
    var words = ["make deploy"]
    if let stack { words.append("STACK=\(stack.shellQuoted)") }
    for (variable, parameter) in [("JOB_QUEUES", "JobQueues"), ("JOB_DEFINITIONS", "JobDefinitions")] {
      // Whoever types it as it is gets an error, and no other names in a live stack.
      let list = takes(parameter) ? names(parameter).joined(separator: ",") : "..."
      words.append("\(variable)=\(list.contains("*") ? "'\(list)'" : list)")
    }
    if let architecture = parameters["Architecture"], architecture != Self.machine {
      words.append("ARCH=\(architecture)")
    }
    if choosesMembers { words.append("PARAMETERS='AllowedMembers=...'") }
    return words.joined(separator: " ")
  }

  /// A finding that ends with this command.
  func finding(_ verdict: Finding.Verdict, _ text: String) -> Finding {
    let isPossible = takes("JobQueues") && takes("JobDefinitions")
    let limit = "; \(Self.maximumNames) names are the most: leave some out, or write * for several"
    return Finding(verdict: verdict, text: text + (isPossible ? "" : limit), command: line)
  }

  /// The architecture that `make deploy` takes by itself: this machine's, in Lambda's words.
  static let machine = Architecture.current.rawValue

  private func takes(_ parameter: String) -> Bool { names(parameter).count <= Self.maximumNames }

  private func names(_ parameter: String) -> [String] {
    (parameters[parameter] ?? "NAME").split(separator: ",").map(String.init)
  }
}
