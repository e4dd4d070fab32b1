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

/// CancelJobs's and TerminateJobs's input: the ids of at most 50 jobs.
struct StopJobsInput: Decodable {
  let jobs: [String]
  let reason: String
}

/// CancelJobs's and TerminateJobs's output: a result for each job.
struct StopJobsOutput: Encodable {
  let successful: [String]
  let errors: [Failure]

  struct Failure: Encodable {
    let job: String
    let code: String
    let message: String
  }
}

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
  let priority: Int
  /// Empty, because no compute environments are emulated.
  let computeEnvironmentOrder: [String] = []
  let tags: [String: String]

  init(_ jobQueue: JobQueue, in catalog: BatchCatalog) {
    jobQueueName = jobQueue.name
    jobQueueArn = catalog.arn(ofJobQueue: jobQueue.name)
    state = jobQueue.isEnabled ? "ENABLED" : "DISABLED"
    priority = jobQueue.priority
    tags = jobQueue.tags
  }
}

/// UpdateJobQueue's input. The members without a type of their own can't be changed here.
struct UpdateJobQueueInput: Decodable {
  let jobQueue: String
  let state: State?
  let priority: Int?
  let schedulingPolicyArn: JSONValue?
  let computeEnvironmentOrder: JSONValue?
  let serviceEnvironmentOrder: JSONValue?
  let jobStateTimeLimitActions: JSONValue?

  enum State: String, Decodable {
    case enabled = "ENABLED"
    case disabled = "DISABLED"
  }
}

/// UpdateJobQueue's output.
struct UpdateJobQueueOutput: Encodable {
  let jobQueueName: String
  let jobQueueArn: String
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
  let schedulingPriority: Int?
  let parameters: [String: String]
  let retryStrategy: RetryStrategy?
  let containerProperties: ContainerProperties
  let timeout: JobTimeout?
  let tags: [String: String]
  let propagateTags: Bool?
  let platformCapabilities: [String]

  init(_ definition: JobDefinition, in catalog: BatchCatalog) {
    jobDefinitionName = definition.revision.name
    jobDefinitionArn = catalog.arn(of: definition.revision)
    revision = definition.revision.revision
    status = definition.status
    schedulingPriority = definition.schedulingPriority
    parameters = definition.parameters
    retryStrategy = definition.retryStrategy
    containerProperties = definition.container
    timeout = definition.timeout
    tags = definition.tags
    propagateTags = definition.propagateTags
    platformCapabilities = definition.platformCapabilities
  }
}

/// RegisterJobDefinition's input. The members without a type of their own aren't emulated.
struct RegisterJobDefinitionInput: Decodable {
  let jobDefinitionName: String
  let type: Kind
  let parameters: [String: String]?
  let schedulingPriority: Int?
  let containerProperties: ContainerProperties?
  let retryStrategy: RetryStrategy?
  let propagateTags: Bool?
  let timeout: JobTimeout?
  let tags: [String: String]?
  let platformCapabilities: [String]?
  let nodeProperties: JSONValue?
  let eksProperties: JSONValue?
  let ecsProperties: JSONValue?
  let consumableResourceProperties: JSONValue?

  enum Kind: String, Decodable {
    case container
    case multinode
  }
}

/// RegisterJobDefinition's output.
struct RegisterJobDefinitionOutput: Encodable {
  let jobDefinitionName: String
  let jobDefinitionArn: String
  let revision: Int
}

/// DeregisterJobDefinition's input: `name:revision` or an ARN.
struct DeregisterJobDefinitionInput: Decodable {
  let jobDefinition: String
}

/// The output of an operation that returns nothing.
struct EmptyOutput: Encodable {}

/// The tags of a resource: TagResource's input and ListTagsForResource's output.
struct ResourceTags: Codable {
  let tags: [String: String]
}
