/// What to type to deploy with other names than now.
struct DeployCommand {
  /// The stack; nil for the one that `make deploy` has by itself.
  var stack: String?
  /// The parameters' values now.
  var parameters: [String: String] = [:]
  /// The template, when it is not this package's.
  var template: String?

  /// The command, with more queues and definitions than the parameters allow.
  func line(allowing queues: [String] = [], definitions: [String] = []) -> String {
    if let template { return "sam deploy --guided --template-file \(template)" }
    var words = ["make deploy"]
    if let stack { words.append("STACK=\(stack)") }
    words.append("JOB_QUEUES=" + names("JobQueues", and: queues))
    words.append("JOB_DEFINITIONS=" + names("JobDefinitions", and: definitions))
    if let architecture = parameters["Architecture"], architecture != Self.machine {
      words.append("ARCH=\(architecture)")
    }
    return words.joined(separator: " ")
  }

  /// The architecture that `make deploy` takes by itself: this machine's, in Lambda's words.
  static let machine: String = {
    #if arch(arm64)
      "arm64"
    #else
      "x86_64"
    #endif
  }()

  /// The command with the parameters as they are.
  var line: String { line() }

  /// A parameter's names and more of them, which take the place of the one that allows all.
  private func names(_ parameter: String, and added: [String]) -> String {
    let present = (parameters[parameter] ?? "NAME").split(separator: ",").map(String.init)
    // A definition without a revision stands for all of them.
    let kept =
      added.isEmpty
      ? present
      : present.filter { name in !["*", "NAME"].contains(name) && !added.contains { name.hasPrefix("\($0):") } }
    let list = (kept + added.filter { !kept.contains($0) }).joined(separator: ",")
    return list.contains("*") ? "'\(list)'" : list
  }
}
