// The inputs and outputs of Batch's operations but SubmitJob's input, as the model `batch-2016-08-10` has them.

struct SubmitJobOutput: Encodable {
  let jobArn: String
  let jobId: String
  let jobName: String
}

struct DescribeJobsInput: Decodable {
  let jobs: [String]
}

struct DescribeJobsOutput: Encodable {
  let jobs: [JobDetail]
}

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

struct DescribeJobQueuesInput: Decodable {
  let jobQueues: [String]?
  let maxResults: Int?
  let nextToken: String?
}

struct DescribeJobQueuesOutput: Encodable {
  let jobQueues: [JobQueueDetail]
  let nextToken: String?
}

struct JobQueueDetail: Encodable {
  let jobQueueName: String
  let jobQueueArn: String
  let state = "ENABLED"
  let status = "VALID"
  let statusReason = "JobQueue Healthy"
  let priority = 1
  /// Empty: there is no compute.
  let computeEnvironmentOrder: [String] = []
  let tags: [String: String] = [:]

  init(name: String, arn: String) {
    jobQueueName = name
    jobQueueArn = arn
  }
}

struct DescribeJobDefinitionsInput: Decodable {
  let jobDefinitions: [String]?
  let jobDefinitionName: String?
  let status: String?
  let maxResults: Int?
  let nextToken: String?
}

struct DescribeJobDefinitionsOutput: Encodable {
  let jobDefinitions: [JobDefinitionDetail]
  let nextToken: String?
}

struct JobDefinitionDetail: Encodable {
  static let active = "ACTIVE"

  let jobDefinitionName: String
  let jobDefinitionArn: String
  let revision: Int
  let status = Self.active
  let type = "container"
  let parameters: [String: String] = [:]
  let containerProperties = ContainerProperties.sample
  let tags: [String: String] = [:]
  let platformCapabilities = ["EC2"]

  init(_ definition: JobDefinitionRevision, arn: String) {
    jobDefinitionName = definition.name
    jobDefinitionArn = arn
    revision = definition.revision
  }
}
