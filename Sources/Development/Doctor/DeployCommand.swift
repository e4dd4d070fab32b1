internal import Platform
internal import Workstation

/// The command that deploys with these names.
struct DeployCommand {
  /// The stack; nil for `make deploy`'s default.
  var stack: String?
  /// The parameters' values.
  var parameters: [String: String] = [:]
  /// Other parameters to set, as `NAME=VALUE`; a value of `...` is for the user to fill in.
  var settings: [String] = []

  /// The largest number of names of a kind that the template accepts.
  private static let maximumNames = 5

  /// A copy that allows more queues and definitions.
  func allowing(queues: [String] = [], definitions: [String] = []) -> DeployCommand {
    var more = self
    for (parameter, added) in [("JobQueues", queues), ("JobDefinitions", definitions)] where !added.isEmpty {
      // New names replace the wildcard for everything, and a definition without a revision replaces its revisions.
      let kept = names(parameter).filter { name in
        !["*", "NAME"].contains(name) && !added.contains { name.hasPrefix("\($0):") }
      }
      more.parameters[parameter] = (kept + added.filter { !kept.contains($0) }).joined(separator: ",")
    }
    return more
  }

  /// A copy that sets another parameter, given as `NAME=VALUE`.
  func setting(_ parameter: String) -> DeployCommand {
    var more = self
    more.settings.append(parameter)
    return more
  }

  /// The command line.
  var line: String {
    var words = ["make deploy"]
    if let stack { words.append("STACK=\(stack.shellQuoted)") }
    for (variable, parameter) in [("JOB_QUEUES", "JobQueues"), ("JOB_DEFINITIONS", "JobDefinitions")] {
      // Run unchanged, `...` is an error and doesn't change the names in a live stack.
      let list = takes(parameter) ? names(parameter).joined(separator: ",") : "..."
      words.append("\(variable)=\(list.contains("*") ? "'\(list)'" : list)")
    }
    if let architecture = parameters["Architecture"], architecture != Self.machine {
      words.append("ARCH=\(architecture)")
    }
    if !settings.isEmpty { words.append("PARAMETERS='\(settings.joined(separator: " "))'") }
    return words.joined(separator: " ")
  }

  /// A finding that ends with this command.
  func finding(_ verdict: Finding.Verdict, _ text: String) -> Finding {
    let isPossible = takes("JobQueues") && takes("JobDefinitions")
    let limit = "; at most \(Self.maximumNames) names are allowed: leave some out, or use * to cover several"
    return Finding(verdict: verdict, text: text + (isPossible ? "" : limit), command: line)
  }

  /// The architecture that `make deploy` uses by default: Lambda's name for this machine's.
  static let machine = Architecture.current.rawValue

  private func takes(_ parameter: String) -> Bool { names(parameter).count <= Self.maximumNames }

  private func names(_ parameter: String) -> [String] {
    (parameters[parameter] ?? "NAME").split(separator: ",").map(String.init)
  }
}
