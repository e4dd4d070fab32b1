// The inputs and outputs of the operations on jobs and tags, except SubmitJob's input, as the model `batch-2016-08-10`
// defines them.

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

/// The output of an operation that returns nothing.
struct EmptyOutput: Encodable {}

/// The tags of a resource: TagResource's input and ListTagsForResource's output.
struct ResourceTags: Codable {
  let tags: [String: String]
}
