import LocalBatch
import Platform
import Testing

@testable import Doctor

@Suite("The doctor's findings about a job queue")
struct JobQueueCheckTests {
  private func line(state: String, _ status: String?, _ reason: String? = nil, name: String = "reports") throws
    -> String
  {
    let queue = BatchInventory.JobQueue(
      jobQueueName: "reports", jobQueueArn: "arn:aws:batch:eu-west-1:1:job-queue/reports", state: state,
      status: status, statusReason: reason)
    let batch = try ExaminedBatch(
      Environment([:]), region: "eu-west-1", credentials: EmbeddedBatch.demoCredentials, again: "doctor")
    return JobQueueCheck.finding(name, among: [queue], at: batch).description
  }

  @Test("accept a queue that is ENABLED and VALID")
  func well() throws {
    #expect(try line(state: "ENABLED", "VALID", "JobQueue Healthy") == "ok    job queue reports: ENABLED, VALID")
  }

  @Test("ask to enable a DISABLED queue, whatever its status")
  func disabled() throws {
    let update = "aws batch update-job-queue --job-queue reports --state ENABLED --region eu-west-1"
    for status in ["VALID", "UPDATING"] {
      #expect(try line(state: "DISABLED", status) == "fail  job queue reports is DISABLED; run: \(update)")
    }
  }

  @Test("ask to wait, or to look, for any other status")
  func statuses() throws {
    let look = "run: aws batch describe-job-queues --job-queues reports --region eu-west-1"
    #expect(
      try line(state: "ENABLED", "UPDATING") == "warn  job queue reports is UPDATING; try again in a minute; \(look)")
    #expect(
      try line(state: "ENABLED", "INVALID", "no compute environment")
        == "fail  job queue reports is INVALID (no compute environment); \(look)")
    #expect(try line(state: "ENABLED", "DELETING") == "fail  job queue reports is DELETING; \(look)")
    #expect(try line(state: "ENABLED", nil) == "fail  job queue reports is without a status; \(look)")
  }

  @Test("report a queue that doesn't exist")
  func missing() throws {
    #expect(
      try line(state: "ENABLED", "VALID", name: "report")
        == "fail  job queue report does not exist in eu-west-1; run: aws batch "
        + "describe-job-queues --query 'jobQueues[].jobQueueName' --region eu-west-1")
  }
}
