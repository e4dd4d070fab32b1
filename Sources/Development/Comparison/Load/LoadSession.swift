internal import LocalLambda

/// A load under way: its measured requests are sent in rounds, the warm-up before the first.
///
/// Variants that take turns, round by round, are all affected alike by what else happens on the machine in the meantime.
struct LoadSession {
  private let load: Load
  private let workers: [LoadPhase.Worker]
  private let clock: SteadyClock
  private let reports: InvocationReports?
  private let progressInterval: Duration
  private let progress: (@Sendable (LoadProgress) -> Void)?
  /// The numbers of the requests of each round that is left.
  private var rounds: ArraySlice<Range<Int>>
  private var warmUp: LoadPhase.Result?
  private var warmUpReports: [InvocationReport]?
  private var measured = LoadPhase.Result()
  private var wasCancelled = false

  /// - Parameter rounds: how many; fewer if there are fewer requests.
  init(
    _ load: Load, rounds: Int, workers: [LoadPhase.Worker], clock: SteadyClock, reports: InvocationReports?,
    progressInterval: Duration, progress: (@Sendable (LoadProgress) -> Void)?
  ) {
    self.load = load
    self.workers = workers
    self.clock = clock
    self.reports = reports
    self.progressInterval = progressInterval
    self.progress = progress
    let count = min(max(rounds, 1), load.requests)
    self.rounds =
      (0..<count).map { round in
        load.warmUp + load.requests * round / count..<load.warmUp + load.requests * (round + 1) / count
      }[...]
  }

  /// Whether anything has been sent.
  var hasBegun: Bool { warmUp != nil }

  /// The measurements so far. A load with rounds left was interrupted in the turn of another one.
  var result: LoadResult {
    LoadResult(
      load: load, warmUp: warmUp ?? LoadPhase.Result(), measured: measured, warmUpReports: warmUpReports,
      reports: reports?.take(), wasCancelled: wasCancelled || !rounds.isEmpty)
  }

  /// Sends the next round, if there is one; the first time, the warm-up as well.
  ///
  /// Sends nothing more once the task was cancelled or the first requests got no response at all.
  mutating func runRound() async {
    if warmUp == nil {
      // Earlier reports belong to another load.
      _ = reports?.take()
      let result = await run(.warmUp, 0..<load.warmUp, pace: .closed, after: LoadPhase.Result(), of: load.warmUp)
      (warmUp, warmUpReports) = (result, reports?.take())
      if result.isDead { rounds = [] }
    }
    if let numbers = rounds.first, !Task.isCancelled {
      rounds = rounds.dropFirst()
      var result = await run(.measurement, numbers, pace: load.pace, after: measured, of: load.requests)
      // A round of an open loop lasts until the next request is due, even if all responses are there before.
      if let rate = load.rate, !rounds.isEmpty {
        result.elapsed = max(result.elapsed, .seconds(Double(result.samples.count) / rate))
      }
      measured.append(result)
      if measured.isDead { rounds = [] }
    }
    wasCancelled = Task.isCancelled
  }

  /// Sends requests, after others of the same stage.
  private func run(
    _ stage: LoadProgress.Stage, _ numbers: Range<Int>, pace: Load.Pace, after earlier: LoadPhase.Result, of total: Int
  ) async -> LoadPhase.Result {
    if numbers.isEmpty { return LoadPhase.Result() }
    let phase = LoadPhase(numbers, pace: pace, clock: clock)
    let before = (done: earlier.samples.count, errors: earlier.samples.count { !$0.isSuccess })
    await withTaskGroup { group in
      if let progress {
        group.addTask {
          while (try? await Task.sleep(for: progressInterval)) != nil {
            let (done, errors) = phase.counts
            progress(
              LoadProgress(
                stage: stage, done: before.done + done, total: total, errors: before.errors + errors, p50: nil,
                isLast: false))
          }
        }
      }
      await phase.run(Array(workers.prefix(numbers.count)))
      group.cancelAll()
    }
    let result = phase.result
    guard let progress else { return result }
    let samples = earlier.samples + result.samples
    let successes = Percentiles(samples.filter(\.isSuccess).map(\.milliseconds))
    let isLast = stage == .warmUp || rounds.isEmpty || Task.isCancelled || result.isDead
    progress(
      LoadProgress(
        stage: stage, done: samples.count, total: total, errors: samples.count - successes.count,
        p50: isLast ? successes[50] : nil, isLast: isLast))
    return result
  }
}
