internal import Batch

/// The job queues and job definitions to check.
struct Names {
  let queues: [JobQueueName]
  let definitions: [JobDefinitionName]

  /// The given names, or else those in the template's parameters that have no wildcard.
  init(_ queues: [JobQueueName], _ definitions: [JobDefinitionName], orOf parameters: [String: String] = [:]) {
    func list(_ parameter: String) -> [String] { (parameters[parameter] ?? "").split(separator: ",").map(String.init) }
    self.queues = queues.isEmpty ? list("JobQueues").compactMap { JobQueueName($0) } : queues
    self.definitions =
      definitions.isEmpty ? list("JobDefinitions").compactMap { JobDefinitionName($0) } : definitions
  }
}
