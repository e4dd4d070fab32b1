/// Generates load and measures the responses.
package struct LoadGenerator: Sendable {
  /// Sends the request with a given number, blocks until its response is complete, and returns the status. Each worker
  /// has its own.
  ///
  /// Requests are numbered from 0, from the warm-up through the measurement.
  package typealias Sender = (_ number: Int) throws -> Int

  private let load: Load
  private let clock: SteadyClock
  private let reports: InvocationReports?
  private let progressInterval: Duration
  private let progress: (@Sendable (LoadProgress) -> Void)?
  private let makeSender: @Sendable () throws -> Sender

  /// - Parameters:
  ///   - reports: receives the reports of the functions that are called; nil where they can't be observed.
  ///   - progressInterval: how often `progress` is called, in addition to the end of the warm-up and of the
  ///     measurement.
  ///   - makeSender: makes the sender of each worker.
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

  /// Sends the warm-up, then the measured requests.
  ///
  /// Returns early, with the requests measured so far, when the task is cancelled or no worker gets a response: see
  /// `LoadPhase`.
  /// - Throws: whatever `makeSender` throws, before anything is sent.
  package func run() async throws -> LoadResult {
    var session = try session(rounds: 1)
    await session.runRound()
    return session.result
  }

  /// Begins a load that is sent in rounds, between which other loads can be sent.
  ///
  /// - Throws: whatever `makeSender` throws; nothing has been sent then.
  func session(rounds: Int) throws -> LoadSession {
    LoadSession(
      load, rounds: rounds,
      workers: try (0..<min(load.concurrency, max(load.requests, load.warmUp))).map { _ in
        LoadPhase.Worker(try makeSender())
      }, clock: clock, reports: reports, progressInterval: progressInterval, progress: progress)
  }
}

/// How much of a load has been sent.
package struct LoadProgress: Hashable, Sendable {
  /// A part of a load.
  package enum Stage: Hashable, Sendable {
    case warmUp, measurement
  }

  /// The part being sent.
  package let stage: Stage
  /// How many of its requests have ended.
  package let done: Int
  /// How many requests it has.
  package let total: Int
  /// How many of the ended requests did not get a 2xx.
  package let errors: Int
  /// The median of the successes' times, in milliseconds; nil before the end, and without a success.
  package let p50: Double?
  /// Whether this part has ended, by completion or interruption.
  package let isLast: Bool
}
