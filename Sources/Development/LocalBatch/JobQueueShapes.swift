// The inputs and outputs of the operations on job queues.

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
