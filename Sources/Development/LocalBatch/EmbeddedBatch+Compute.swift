extension EmbeddedBatch {
  /// What runs the jobs: no container, but the clock.
  ///
  /// An attempt is `RUNNING` for `runFor`, and `SUBMITTED`, `RUNNABLE` and `STARTING` for a tenth of that each, at most
  /// a second, so that a client that polls sees every state.
  package struct Compute: Hashable, Sendable {
    /// How long an attempt runs.
    package var runFor: Duration
    private let failing: Set<String>

    /// Compute on which every attempt takes `runFor`, and those of some job definitions fail with exit code 1.
    ///
    /// - Parameter failing: the definitions, each as `NAME`, which means every revision, or `NAME:REVISION`.
    package init(runFor: Duration, failing: [String] = []) {
      self.runFor = runFor
      self.failing = Set(failing)
    }

    /// Whether the attempts of a definition's jobs fail.
    func fails(_ definition: JobDefinitionRevision) -> Bool {
      failing.contains(definition.name) || failing.contains(definition.description)
    }

    /// How long a job stays in a state by itself; nil if something else must happen first.
    func time(in status: Job.Status, of job: Job) -> Duration? {
      switch status {
      case .submitted, .runnable, .starting: min(runFor / 10, .seconds(1))
      case .running: timesOut(job) ? job.timeLimit : runFor
      case .pending, .succeeded, .failed: nil
      }
    }

    /// Whether a job's timeout ends its attempts.
    func timesOut(_ job: Job) -> Bool { job.timeLimit.map { $0 < runFor } ?? false }
  }
}
