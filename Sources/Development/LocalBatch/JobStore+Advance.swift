internal import Platform

/// The life of a job, derived from the clock whenever a request comes in: there are no timers.
extension JobStore {
  /// Makes the changes that are due, in the order of their times, and each at its own time.
  func advance(to time: Timestamp) {
    while let change = timetable.next(until: time) {
      now = change.time
      leave(change.jobID)
    }
    now = time
  }

  /// Starts the life of a job. Without compute, it is `PENDING` or `RUNNABLE` at once, and stays so.
  func begin(_ id: String) {
    enter(.submitted, id)
    if compute == nil { leave(id) }
  }

  /// Moves a job from the state that it has been in long enough to the next one.
  private func leave(_ id: String) {
    // A job that was stopped meanwhile has no next state.
    guard let job = jobs[id], job.ending == nil else { return }
    switch job.status {
    case .submitted: enter(job.isArray || !job.waitsFor.isEmpty ? .pending : .runnable, id)
    case .runnable: enter(.starting, id)
    case .starting: enter(.running, id)
    case .running: endAttempt(of: job)
    case .pending, .succeeded, .failed: return
    }
  }

  /// Puts a job into a state.
  private func enter(_ status: Job.Status, _ id: String) {
    guard var job = jobs[id] else { return }
    job.status = status
    if status == .starting { job.attempts.append(JobAttempt()) }
    if status == .running { job.attempts[job.attempts.count - 1].startedAt = now }
    jobs[id] = job
    if let time = compute?.time(in: status, of: job) { timetable.add(id, at: now + time) }
  }

  /// Lets a job run that was `PENDING` because of another, which has succeeded.
  func release(_ id: String, from other: String) {
    guard let job = jobs[id], job.ending == nil else { return }
    jobs[id]?.waitsFor.remove(other)
    if job.status == .pending, !job.isArray, jobs[id]?.waitsFor.isEmpty == true { enter(.runnable, id) }
  }

  /// Ends an attempt that has run as long as it can, and the job with it, unless it is tried again.
  private func endAttempt(of job: Job) {
    guard let compute else { return }
    let (timesOut, fails) = (compute.timesOut(job), compute.fails(job.jobDefinition.revision))
    let exit = JobAttempt.Exit(
      time: now, code: timesOut ? JobAttempt.Exit.killed : fails ? 1 : 0,
      statusReason: timesOut ? "Job attempt duration exceeded timeout" : "Essential container in task exited")
    jobs[job.id]?.attempts[job.attempts.count - 1].exit = exit
    if exit.code == 0 {
      end(job.id, .succeeded, exit.statusReason)
    } else if !timesOut, job.input.retryStrategy?.retries(after: job.attempts.count, exit) == true {
      enter(.runnable, job.id)
    } else {
      end(job.id, .failed, exit.statusReason)
    }
  }
}
