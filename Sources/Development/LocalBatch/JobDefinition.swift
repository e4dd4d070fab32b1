/// A revision of a job definition, and what it gives its jobs.
struct JobDefinition: Sendable {
  /// Its name and revision.
  let revision: JobDefinitionRevision
  /// Whether jobs can use it: whether it is `ACTIVE`. A deregistered one is `INACTIVE`.
  var isActive = true
  var container = ContainerProperties.sample
  var parameters: [String: String] = [:]
  var retryStrategy: RetryStrategy?
  var timeout: JobTimeout?
  var propagateTags: Bool?
  var schedulingPriority: Int?
  var platformCapabilities = ["EC2"]
  /// Its own tags: a job doesn't get them.
  var tags: [String: String] = [:]

  /// What `DescribeJobDefinitions` calls its status.
  var status: String { isActive ? "ACTIVE" : "INACTIVE" }

  /// A job with this definition's values for what it leaves open. Parameters are merged by name.
  func completing(_ job: SubmitJobInput) -> SubmitJobInput {
    var job = job
    if !parameters.isEmpty { job.parameters = parameters.merging(job.parameters ?? [:]) { $1 } }
    job.retryStrategy = job.retryStrategy ?? retryStrategy
    job.timeout = job.timeout ?? timeout
    job.propagateTags = job.propagateTags ?? propagateTags
    job.schedulingPriorityOverride = job.schedulingPriorityOverride ?? schedulingPriority
    return job
  }
}
