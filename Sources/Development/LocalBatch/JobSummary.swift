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
  let stoppedAt: Int?
  let container: [String: String] = [:]
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
    stoppedAt = job.ending?.stoppedAt.milliseconds
    arrayProperties = ArrayPropertiesDetail(job, statusSummary: statusSummary)
    jobDefinition = catalog.arn(of: job.jobDefinition)
  }
}
