internal import Batch

/// The job queues and job definitions to look at.
struct Names {
  let queues: [JobQueueName]
  let definitions: [JobDefinitionName]

  /// Those that are given, or else those that the template's parameters name without a wildcard.
  init(_ queues: [JobQueueName], _ definitions: [JobDefinitionName], orOf parameters: [String: String] = [:]) {
    func list(_ parameter: String) -> [String] { (parameters[parameter] ?? "").split(separator: ",").map(String.init) }
    self.queues = queues.isEmpty ? list("JobQueues").compactMap { JobQueueName($0) } : queues
    self.definitions =
      definitions.isEmpty ? list("JobDefinitions").compactMap { JobDefinitionName($0) } : definitions
  }
}
