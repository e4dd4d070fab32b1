internal import Platform

/// A job as ListJobs returns it.
struct JobSummary: Encodable {
  let jobArn: String
  let jobId: String
  let jobName: String
  let createdAt: Int
  let shareIdentifier: String?
  let status: Job.Status
  let statusReason: String?
  let startedAt: Int?
  let stoppedAt: Int?
  let container: Container
  let arrayProperties: ArrayPropertiesDetail?
  let jobDefinition: String

  init(_ job: Job, _ catalog: BatchCatalog, statusSummary: [String: Int]) {
    jobArn = catalog.arn(ofJob: job.id)
    jobId = job.id
    jobName = job.input.jobName
    createdAt = job.createdAt.milliseconds
    shareIdentifier = job.input.shareIdentifier
    status = job.status
    statusReason = job.ending?.reason
    startedAt = job.startedAt?.milliseconds
    stoppedAt = job.ending?.time.milliseconds
    container = Container(exitCode: job.lastAttempt?.exit?.code)
    arrayProperties = ArrayPropertiesDetail(job, statusSummary: statusSummary)
    jobDefinition = catalog.arn(of: job.jobDefinition.revision)
  }

  struct Container: Encodable {
    let exitCode: Int?
  }
}
