/// Makes load, and measures what becomes of it.
package struct LoadGenerator: Sendable {
  /// Sends the request of a number and waits for its whole answer; gives the status. It belongs to one caller, and blocks.
  ///
  /// Warm-up and measurement have the numbers from 0 on together.
  package typealias Sender = (_ number: Int) throws -> Int

  private let load: Load
  private let clock: SteadyClock
  private let reports: InvocationReports?
  private let progressInterval: Duration
  private let progress: (@Sendable (LoadProgress) -> Void)?
  private let makeSender: @Sendable () throws -> Sender

  /// - Parameters:
  ///   - reports: where the log lines of the functions that are called go; nil where they can't be seen.
  ///   - progressInterval: how often `progress` is called; it's called at the end of warm-up and measurement as well.
  ///   - makeSender: makes a sender for each caller.
  package init(
    _ load: Load, clock: SteadyClock = .system, reports: InvocationReports? = nil,
    progressInterval: Duration = .milliseconds(200), progress: (@Sendable (LoadProgress) -> Void)? = nil,
    makeSender: @escaping @Sendable () throws -> Sender
  ) {
    self.load = load
    self.clock = clock
    self.reports = reports
    self.progressInterval = progressInterval
    self.progress = progress
    self.makeSender = makeSender
  }

  /// Sends the warm-up, then what is measured.
  ///
  /// A cancelled task gets what was measured by then, at once, and so does one that gets no answer: see `LoadPhase`.
  /// - Throws: what `makeSender` throws, before anything is sent.
  package func run() async throws -> LoadResult {
    let callers = try (0..<min(load.concurrency, max(load.requests, load.warmUp))).map { _ in
      LoadPhase.Caller(try makeSender())
    }
    // What was logged before belongs to others.
    _ = reports?.take()
    let warmUp = await run(.warmUp, 0..<load.warmUp, pace: .closed, callers)
    let warmUpReports = reports?.take()
    var measured = LoadPhase.Result()
    if !Task.isCancelled, !warmUp.isDead {
      measured = await run(.measurement, load.warmUp..<load.warmUp + load.requests, pace: load.pace, callers)
    }
    return LoadResult(
      load: load, warmUp: warmUp, measured: measured, warmUpReports: warmUpReports, reports: reports?.take(),
      wasCancelled: Task.isCancelled)
  }

  private func run(
    _ stage: LoadProgress.Stage, _ numbers: Range<Int>, pace: Load.Pace, _ callers: [LoadPhase.Caller]
  ) async -> LoadPhase.Result {
    if numbers.isEmpty { return LoadPhase.Result() }
    let phase = LoadPhase(numbers, pace: pace, clock: clock)
    await withTaskGroup { group in
      if let progress {
        group.addTask {
          while (try? await Task.sleep(for: progressInterval)) != nil {
            let (done, errors) = phase.counts
            progress(
              LoadProgress(stage: stage, done: done, total: numbers.count, errors: errors, p50: nil, isLast: false))
          }
        }
      }
      await phase.run(Array(callers.prefix(numbers.count)))
      group.cancelAll()
    }
    let result = phase.result
    let successes = Percentiles(result.samples.filter(\.isSuccess).map(\.milliseconds))
    progress?(
      LoadProgress(
        stage: stage, done: result.samples.count, total: numbers.count, errors: result.samples.count - successes.count,
        p50: successes[50], isLast: true))
    return result
  }
}

/// How far a load has come.
package struct LoadProgress: Hashable, Sendable {
  /// What is being sent.
  package enum Stage: Hashable, Sendable {
    case warmUp, measurement
  }

  /// What is being sent.
  package let stage: Stage
  /// How many requests have ended.
  package let done: Int
  /// How many there are to be.
  package let total: Int
  /// How many of those that have ended did not get a 2xx.
  package let errors: Int
  /// The median of the successes' times, in milliseconds; nil before the end, and without a success.
  package let p50: Double?
  /// Whether it's the end, of all requests or of those that there was time for.
  package let isLast: Bool
}
