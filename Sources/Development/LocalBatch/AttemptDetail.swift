internal import Platform

/// An attempt that has ended, as DescribeJobs returns it.
struct AttemptDetail: Encodable {
  let container: AttemptContainer
  let startedAt: Int
  let stoppedAt: Int
  let statusReason: String

  /// Nil for an attempt that hasn't ended.
  init?(_ attempt: JobAttempt, of job: Job, _ catalog: BatchCatalog) {
    guard let start = attempt.startedAt, let exit = attempt.exit else { return nil }
    container = AttemptContainer(attempt, of: job, catalog)
    startedAt = start.milliseconds
    stoppedAt = exit.time.milliseconds
    statusReason = exit.statusReason
  }
}

/// The container of an attempt that has reached `RUNNING`.
struct AttemptContainer: Encodable {
  /// Absent on Fargate, which has no instances.
  let containerInstanceArn: String?
  let taskArn: String
  let exitCode: Int?
  let logStreamName: String
  let networkInterfaces: [String] = []

  /// The cluster that Batch makes for a compute environment. None is emulated, but ARNs have its name.
  private static let cluster = "embedded_Batch_3f2b8c1e-5d4a-3e6f-9b7c-0a1d2e3f4a5b"

  init(_ attempt: JobAttempt, of job: Job, _ catalog: BatchCatalog) {
    let isFargate = job.jobDefinition.platformCapabilities.contains("FARGATE")
    let instance = "\(catalog.ecsPrefix)container-instance/\(Self.cluster)/\(attempt.instanceID)"
    containerInstanceArn = isFargate ? nil : instance
    taskArn = "\(catalog.ecsPrefix)task/\(Self.cluster)/\(attempt.taskID)"
    exitCode = attempt.exit?.code
    logStreamName = "\(job.jobDefinition.revision.name)/default/\(attempt.taskID)"
  }
}

/// The container of a job as DescribeJobs returns it: its definition's with its overrides, and its last attempt's.
struct ContainerDetail: Encodable {
  private let properties: ContainerProperties
  private let attempt: AttemptContainer?

  init(_ job: Job, _ catalog: BatchCatalog) {
    properties = job.jobDefinition.container.overridden(by: job.input.containerOverrides)
    attempt = job.lastAttempt.map { AttemptContainer($0, of: job, catalog) }
  }

  func encode(to encoder: any Encoder) throws {
    try properties.encode(to: encoder)
    try attempt?.encode(to: encoder)
  }
}
