internal import LocalServer

/// The job queues and job definitions of a Batch, and the ARNs of its region and account.
struct BatchCatalog: Sendable {
  /// The job queues, sorted by name.
  private(set) var jobQueues: [JobQueue]
  /// The revisions of the job definitions, sorted by name and revision.
  private(set) var jobDefinitions: [JobDefinition]

  private let arnPrefix: String
  /// The prefix of ARNs in ECS, which runs the jobs.
  let ecsPrefix: String

  /// A catalog of one region. Disabled queues and inactive definitions are part of it.
  init(
    region: String, jobQueues: [String], jobDefinitions: [JobDefinitionRevision], disabledJobQueues: [String] = [],
    inactiveJobDefinitions: [JobDefinitionRevision] = []
  ) {
    self.jobQueues = Set(jobQueues + disabledJobQueues).sorted().map {
      JobQueue(name: $0, isEnabled: !disabledJobQueues.contains($0))
    }
    self.jobDefinitions = Set(jobDefinitions + inactiveJobDefinitions).sorted().map {
      JobDefinition(revision: $0, isActive: !inactiveJobDefinitions.contains($0))
    }
    arnPrefix = Account.arn("batch", "", in: region)
    ecsPrefix = Account.arn("ecs", "", in: region)
  }

  /// The ARN of a job queue.
  func arn(ofJobQueue name: String) -> String { "\(arnPrefix)job-queue/\(name)" }

  /// The ARN of a job definition's revision.
  func arn(of definition: JobDefinitionRevision) -> String { "\(arnPrefix)job-definition/\(definition)" }

  /// The ARN of a job.
  func arn(ofJob id: String) -> String { "\(arnPrefix)job/\(id)" }

  /// The kind and the name in an ARN of this Batch, such as `job` and the job's id; nil for any other text.
  func resource(_ arn: String) -> (kind: Substring, name: String)? {
    guard arn.hasPrefix(arnPrefix) else { return nil }
    let parts = arn.dropFirst(arnPrefix.count).split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2 ? (parts[0], String(parts[1])) : nil
  }

  /// The job queue that a name or ARN refers to.
  func jobQueue(_ reference: String) -> JobQueue? {
    jobQueues.first { $0.name == reference || arn(ofJobQueue: $0.name) == reference }
  }

  /// The revisions that a name, `name:revision` or an ARN with or without a revision refers to, in ascending order.
  func revisions(_ reference: String) -> [JobDefinition] {
    let prefix = "\(arnPrefix)job-definition/"
    let text = reference.hasPrefix(prefix) ? reference.dropFirst(prefix.count) : reference[...]
    return jobDefinitions.filter { $0.revision.name == text || $0.revision.description == text }
  }

  /// Adds a definition, or replaces its revision.
  mutating func set(_ definition: JobDefinition) {
    let index = jobDefinitions.firstIndex { $0.revision >= definition.revision } ?? jobDefinitions.endIndex
    if index < jobDefinitions.endIndex, jobDefinitions[index].revision == definition.revision {
      jobDefinitions[index] = definition
    } else {
      jobDefinitions.insert(definition, at: index)
    }
  }

  /// Replaces the queue of the same name.
  mutating func set(_ jobQueue: JobQueue) {
    jobQueues = jobQueues.map { $0.name == jobQueue.name ? jobQueue : $0 }
  }
}
