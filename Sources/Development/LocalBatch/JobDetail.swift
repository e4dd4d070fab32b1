internal import Platform

/// A job as DescribeJobs returns it.
///
/// `startedAt` is absent before the job starts, although the model requires it: Batch omits it, too.
struct JobDetail: Encodable {
  let jobArn: String
  let jobName: String
  let jobId: String
  let jobQueue: String
  let status: Job.Status
  let statusReason: String?
  let shareIdentifier: String?
  let schedulingPriority: Int?
  let attempts: [AttemptDetail]
  let createdAt: Int
  let startedAt: Int?
  let stoppedAt: Int?
  let retryStrategy: RetryStrategy
  let dependsOn: [JobDependency]
  let jobDefinition: String
  let parameters: [String: String]
  let container: ContainerDetail
  let nodeProperties: NodeProperties?
  let arrayProperties: ArrayPropertiesDetail?
  let timeout: JobTimeout?
  let tags: [String: String]
  let propagateTags: Bool
  let platformCapabilities: [String]
  let eksProperties: EKSProperties?
  let eksAttempts: [String] = []
  let ecsProperties: ECSPropertiesDetail?
  let consumableResourceProperties: ConsumableResourceProperties?
  let isCancelled: Bool
  let isTerminated: Bool

  init(_ job: Job, _ catalog: BatchCatalog, statusSummary: [String: Int]) {
    let input = job.input
    jobArn = catalog.arn(ofJob: job.id)
    jobName = input.jobName
    jobId = job.id
    jobQueue = catalog.arn(ofJobQueue: job.jobQueue)
    status = job.status
    statusReason = job.ending?.reason
    shareIdentifier = input.shareIdentifier
    schedulingPriority = input.schedulingPriorityOverride
    attempts = job.attempts.compactMap { AttemptDetail($0, of: job, catalog) }
    createdAt = job.createdAt.milliseconds
    startedAt = job.startedAt?.milliseconds
    stoppedAt = job.ending?.time.milliseconds
    retryStrategy = RetryStrategy(
      attempts: input.retryStrategy?.attempts ?? 1, evaluateOnExit: input.retryStrategy?.evaluateOnExit ?? [])
    dependsOn = input.dependsOn ?? []
    jobDefinition = catalog.arn(of: job.jobDefinition.revision)
    parameters = input.parameters ?? [:]
    container = ContainerDetail(job, catalog)
    nodeProperties = input.nodeOverrides.map(NodeProperties.init)
    arrayProperties = ArrayPropertiesDetail(job, statusSummary: statusSummary)
    timeout = input.timeout
    tags = job.tags
    propagateTags = input.propagateTags ?? false
    platformCapabilities = job.jobDefinition.platformCapabilities
    eksProperties = input.eksPropertiesOverride
    ecsProperties = input.ecsPropertiesOverride.map(ECSPropertiesDetail.init)
    consumableResourceProperties = input.consumableResourcePropertiesOverride
    isCancelled = job.ending?.cause == .cancelled
    isTerminated = job.ending?.cause == .terminated
  }
}

extension Job {
  /// The time at which its last attempt reached `RUNNING`; nil while it waits for another attempt.
  var startedAt: Timestamp? {
    status == .running || ending != nil ? lastAttempt?.startedAt : nil
  }
}

/// An array job's size and the states of its children, or a child's index.
struct ArrayPropertiesDetail: Encodable {
  let size: Int?
  let index: Int?
  let statusSummary: [String: Int]

  init?(_ job: Job, statusSummary: [String: Int]) {
    guard job.isArray || job.index != nil else { return nil }
    size = job.arraySize
    index = job.index
    self.statusSummary = statusSummary
  }
}
