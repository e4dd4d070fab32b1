// The inputs and outputs of Batch's operations, except SubmitJob's input, as the model `batch-2016-08-10` defines them.

/// SubmitJob's output.
struct SubmitJobOutput: Encodable {
  let jobArn: String
  let jobId: String
  let jobName: String
}

/// DescribeJobs's input: the ids of at most 100 jobs.
struct DescribeJobsInput: Decodable {
  let jobs: [String]
}

/// DescribeJobs's output.
struct DescribeJobsOutput: Encodable {
  let jobs: [JobDetail]
}

/// ListJobs's input: a job queue, an array job or a multi-node job, and which of its jobs to list.
struct ListJobsInput: Decodable {
  let jobQueue: String?
  let arrayJobId: String?
  let multiNodeJobId: String?
  let jobStatus: Job.Status?
  let maxResults: Int?
  let nextToken: String?
  let filters: [Filter]?

  struct Filter: Decodable {
    let name: String?
    let values: [String]?
  }
}

/// ListJobs's output: one page.
struct ListJobsOutput: Encodable {
  let jobSummaryList: [JobSummary]
  let nextToken: String?
}

/// CancelJob's and TerminateJob's input.
struct StopJobInput: Decodable {
  let jobId: String
  let reason: String
}

/// CancelJob's and TerminateJob's output: an empty object.
struct StopJobOutput: Encodable {}

/// DescribeJobQueues's input: names or ARNs; all queues if absent.
struct DescribeJobQueuesInput: Decodable {
  let jobQueues: [String]?
  let maxResults: Int?
  let nextToken: String?
}

/// DescribeJobQueues's output: one page.
struct DescribeJobQueuesOutput: Encodable {
  let jobQueues: [JobQueueDetail]
  let nextToken: String?
}

/// A job queue as DescribeJobQueues returns it.
struct JobQueueDetail: Encodable {
  let jobQueueName: String
  let jobQueueArn: String
  let state: String
  let status = "VALID"
  let statusReason = "JobQueue Healthy"
  let priority = 1
  /// Empty, because no compute is emulated.
  let computeEnvironmentOrder: [String] = []
  let tags: [String: String] = [:]

  init(name: String, arn: String, isEnabled: Bool) {
    jobQueueName = name
    jobQueueArn = arn
    state = isEnabled ? "ENABLED" : "DISABLED"
  }
}

/// DescribeJobDefinitions's input: names or ARNs, or one name, or a status; all definitions if all are absent.
struct DescribeJobDefinitionsInput: Decodable {
  let jobDefinitions: [String]?
  let jobDefinitionName: String?
  let status: String?
  let maxResults: Int?
  let nextToken: String?
}

/// DescribeJobDefinitions's output: one page.
struct DescribeJobDefinitionsOutput: Encodable {
  let jobDefinitions: [JobDefinitionDetail]
  let nextToken: String?
}

/// A revision of a job definition as DescribeJobDefinitions returns it.
struct JobDefinitionDetail: Encodable {
  let jobDefinitionName: String
  let jobDefinitionArn: String
  let revision: Int
  let status: String
  let type = "container"
  let parameters: [String: String] = [:]
  let containerProperties = ContainerProperties.sample
  let tags: [String: String] = [:]
  let platformCapabilities = ["EC2"]

  init(_ definition: JobDefinitionRevision, in catalog: BatchCatalog) {
    jobDefinitionName = definition.name
    jobDefinitionArn = catalog.arn(of: definition)
    revision = definition.revision
    status = Self.status(of: definition, in: catalog)
  }

  /// `ACTIVE` or `INACTIVE`.
  static func status(of definition: JobDefinitionRevision, in catalog: BatchCatalog) -> String {
    catalog.isActive(definition) ? "ACTIVE" : "INACTIVE"
  }
}
