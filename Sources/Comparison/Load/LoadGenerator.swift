/// Makes load, and measures what becomes of it.
public struct LoadGenerator: Sendable {
  /// Sends the request of a number and waits for its whole answer; gives the status. It belongs to one caller, and blocks.
  ///
  /// Warm-up and measurement have the numbers from 0 on together.
  public typealias Sender = (_ number: Int) throws -> Int

  private let load: Load
  private let clock: SteadyClock
  private let reports: LambdaReportLog?
  private let progressInterval: Duration
  private let progress: (@Sendable (LoadProgress) -> Void)?
  private let makeSender: @Sendable () throws -> Sender

  /// - Parameters:
  ///   - reports: where the log lines of the functions that are called go; nil where they can't be seen.
  ///   - progressInterval: how often `progress` is called; it's called at the end of warm-up and measurement as well.
  ///   - makeSender: makes a sender for each caller.
  public init(
    _ load: Load, clock: SteadyClock = .system, reports: LambdaReportLog? = nil,
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
  /// A cancelled task gets what was measured by then, at once, and so does one whose whole warm-up had no answer.
  /// - Throws: what `makeSender` throws, before anything is sent.
  public func run() async throws -> LoadResult {
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
            progress(LoadProgress(stage, of: numbers.count, phase.result.samples))
          }
        }
      }
      await phase.run(Array(callers.prefix(numbers.count)))
      group.cancelAll()
    }
    let result = phase.result
    progress?(LoadProgress(stage, of: numbers.count, result.samples))
    return result
  }
}

/// How far a load has come.
public struct LoadProgress: Hashable, Sendable {
  /// What is being sent.
  public enum Stage: Hashable, Sendable {
    case warmUp, measurement
  }

  /// What is being sent.
  public let stage: Stage
  /// How many requests have ended.
  public let done: Int
  /// How many there are to be.
  public let total: Int
  /// How many of those that have ended did not get a 2xx.
  public let errors: Int
  /// The median of the successes' times so far, in milliseconds; nil without a success.
  public let p50: Double?

  init(_ stage: Stage, of total: Int, _ samples: [Sample]) {
    let successes = Percentiles(samples.filter(\.isSuccess).map(\.milliseconds))
    self.stage = stage
    self.total = total
    done = samples.count
    errors = samples.count - successes.count
    p50 = successes[50]
  }
}
