internal import LocalServer

/// The job queues and job definitions of a Batch, and the ARNs of its region and account.
struct BatchCatalog: Sendable {
  /// The names of the job queues, sorted.
  let jobQueues: [String]
  /// The job definitions with their revisions, sorted.
  let jobDefinitions: [JobDefinitionRevision]

  private let disabledJobQueues: Set<String>
  private let inactiveJobDefinitions: Set<JobDefinitionRevision>
  private let arnPrefix: String

  /// A catalog of one region. Disabled queues and inactive definitions are part of it.
  init(
    region: String, jobQueues: [String], jobDefinitions: [JobDefinitionRevision], disabledJobQueues: [String] = [],
    inactiveJobDefinitions: [JobDefinitionRevision] = []
  ) {
    self.jobQueues = Set(jobQueues + disabledJobQueues).sorted()
    self.jobDefinitions = Set(jobDefinitions + inactiveJobDefinitions).sorted()
    self.disabledJobQueues = Set(disabledJobQueues)
    self.inactiveJobDefinitions = Set(inactiveJobDefinitions)
    arnPrefix = Account.arn("batch", "", in: region)
  }

  /// Whether a job queue accepts jobs: whether its state is `ENABLED` rather than `DISABLED`.
  func isEnabled(jobQueue name: String) -> Bool { !disabledJobQueues.contains(name) }

  /// Whether jobs can use a revision: whether it is `ACTIVE`. A deregistered revision is `INACTIVE`.
  func isActive(_ definition: JobDefinitionRevision) -> Bool { !inactiveJobDefinitions.contains(definition) }

  /// The ARN of a job queue.
  func arn(ofJobQueue name: String) -> String { "\(arnPrefix)job-queue/\(name)" }

  /// The ARN of a job definition's revision.
  func arn(of definition: JobDefinitionRevision) -> String { "\(arnPrefix)job-definition/\(definition)" }

  /// The ARN of a job.
  func arn(ofJob id: String) -> String { "\(arnPrefix)job/\(id)" }

  /// The name of the job queue that a name or ARN refers to.
  func jobQueue(_ reference: String) -> String? {
    jobQueues.first { $0 == reference || arn(ofJobQueue: $0) == reference }
  }

  /// The revisions that a name, `name:revision` or an ARN with or without a revision refers to, in ascending order.
  func revisions(_ reference: String) -> [JobDefinitionRevision] {
    let prefix = "\(arnPrefix)job-definition/"
    let text = reference.hasPrefix(prefix) ? reference.dropFirst(prefix.count) : reference[...]
    return jobDefinitions.filter { $0.name == text || $0.description == text }
  }
}
