extension EmbeddedBatch {
  /// A job as it is now.
  package struct JobState: Hashable, Sendable {
    /// Its name.
    package let jobName: String
    /// Its state, as Batch spells it, such as `RUNNABLE`.
    package let status: String
    /// Whether CancelJob or TerminateJob has ended it.
    package let isStopped: Bool
  }

  /// Submits a job in process, without a signature, and returns its id.
  ///
  /// - Parameter body: that of a SubmitJob request.
  /// - Throws: Batch's error.
  package func submit(_ body: String) async throws -> String {
    try await store.submit(Array(body.utf8))
  }

  /// A job as it is now; nil if Batch doesn't know it.
  package func job(_ id: String) async -> JobState? {
    await store.job(id).map { job in
      JobState(
        jobName: job.input.jobName, status: job.status.rawValue,
        isStopped: job.ending.map { [.cancelled, .terminated].contains($0.cause) } ?? false)
    }
  }
}
