/// Checks that a job queue accepts jobs.
enum JobQueueCheck {
  static func finding(_ name: String, among queues: [BatchInventory.JobQueue], at batch: ExaminedBatch) -> Finding {
    guard let queue = queues.first(where: { $0.jobQueueName == name }) else {
      return .fail(
        "job queue \(name) does not exist in \(batch.region)",
        run: batch.aws("batch describe-job-queues --query 'jobQueues[].jobQueueName'"))
    }
    guard queue.state == "ENABLED" else {
      return .fail(
        "job queue \(name) is \(queue.state)",
        run: batch.aws("batch update-job-queue --job-queue \(name) --state ENABLED"))
    }
    let status = queue.status ?? "without a status"
    let reason = queue.statusReason.map { " (\($0))" } ?? ""
    let look = batch.aws("batch describe-job-queues --job-queues \(name)")
    switch queue.status {
    case "VALID": return .ok("job queue \(name): \(queue.state), \(status)")
    case "CREATING", "UPDATING":
      return .warn("job queue \(name) is \(status)\(reason); try again in a minute", run: look)
    default: return .fail("job queue \(name) is \(status)\(reason)", run: look)
    }
  }
}
