extension JobStore {
  // Batch's own status reasons for a job that fails because of another job.
  static let dependencyFailed = "Dependent Job failed"
  private static let childFailed = "Array Child Job failed"

  /// CancelJob and TerminateJob.
  ///
  /// Both succeed for a job that is unknown or has ended, as in AWS (https://github.com/aws/aws-cli/issues/2551), and so
  /// does CancelJob for a job that has got past `RUNNABLE`, which it leaves alone.
  func stop(_ input: StopJobInput, _ cause: Job.Ending.Cause) throws(ServiceError) -> EmptyOutput {
    guard !input.jobId.isEmpty else { throw .client("jobId must not be empty") }
    try check(reason: input.reason)
    stop(input.jobId, cause, input.reason)
    return EmptyOutput()
  }

  /// CancelJobs and TerminateJobs: jobs that can't be found count as stopped, and one that has no id as an error.
  func stop(_ input: StopJobsInput, _ cause: Job.Ending.Cause) throws(ServiceError) -> StopJobsOutput {
    guard (1...50).contains(input.jobs.count) else {
      throw .client("jobs must have between 1 and 50 entries, got \(input.jobs.count)")
    }
    try check(reason: input.reason)
    let ids = input.jobs.filter { !$0.isEmpty }
    for id in ids { stop(id, cause, input.reason) }
    let invalid = StopJobsOutput.Failure(
      job: "", code: "ValidationException", message: "A job's id must not be empty")
    return StopJobsOutput(
      successful: ids, errors: Array(repeating: invalid, count: input.jobs.count - ids.count))
  }

  private func check(reason: String) throws(ServiceError) {
    guard (1...1024).contains(reason.unicodeScalars.count) else {
      throw .client("reason must have between 1 and 1024 characters")
    }
  }

  /// Stops a job, or those children of an array job that can be stopped; the array ends with the last of its children.
  private func stop(_ id: String, _ cause: Job.Ending.Cause, _ reason: String) {
    guard let job = jobs[id], job.ending == nil else { return }
    let stoppable = (job.isArray ? job.childIDs : [id]).filter { id in
      guard let job = jobs[id], job.ending == nil else { return false }
      return cause == .terminated || job.status.isCancellable
    }
    if job.isArray, !stoppable.isEmpty { jobs[id]?.stop = (cause, reason) }
    // Backwards, because in a sequential array a child's end is also that of the children after it.
    for id in stoppable.reversed() { end(id, cause, reason) }
  }

  /// Ends a job, and with it its children, the jobs that depend on it if it failed, and an array whose last child it was.
  func end(_ id: String, _ cause: Job.Ending.Cause, _ reason: String?) {
    var ends = [(id: id, cause: cause, reason: reason)]
    while let (id, cause, reason) = ends.popLast() {
      guard let job = jobs[id], job.ending == nil else { continue }
      jobs[id]?.end(Job.Ending(time: now, cause: cause, reason: reason))
      ends += job.childIDs.map { ($0, cause, reason) }
      for dependent in dependents.removeValue(forKey: id) ?? [] {
        if cause == .succeeded {
          release(dependent, from: id)
        } else {
          ends.append((dependent, .failed, Self.dependencyFailed))
        }
      }
      if let array = job.parentID.flatMap({ endChild(of: $0, hasFailed: cause != .succeeded) }) { ends.append(array) }
    }
  }

  /// Notes that a child has ended. Returns the end of the array job if it was the last one.
  private func endChild(
    of id: String, hasFailed: Bool
  ) -> (id: String, cause: Job.Ending.Cause, reason: String?)? {
    guard var array = jobs[id] else { return nil }
    array.unendedChildren -= 1
    array.hasFailedChild = array.hasFailedChild || hasFailed
    jobs[id] = array
    guard array.unendedChildren == 0 else { return nil }
    guard array.hasFailedChild else { return (id, .succeeded, nil) }
    return (id, array.stop?.cause ?? .failed, array.stop?.reason ?? Self.childFailed)
  }
}
