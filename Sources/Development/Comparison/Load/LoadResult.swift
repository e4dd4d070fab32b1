package import LocalLambda

/// What a load has shown.
package struct LoadResult: Sendable {
  /// What was to be sent.
  package let load: Load
  /// The requests of the warm-up.
  package let warmUp: [Sample]
  /// The requests that were measured.
  package let samples: [Sample]
  /// How long the measurement took.
  package let elapsed: Duration
  /// What Lambda reported about the warm-up's invocations; nil where that can't be seen.
  package let warmUpReports: [InvocationReport]?
  /// What Lambda reported about the measured invocations; nil where that can't be seen.
  package let reports: [InvocationReport]?
  /// Why there are fewer requests than were asked for; nil when there are not.
  package let incomplete: String?
  /// Whether a warm-up or a measurement had requests, and none of them was answered.
  let isDead: Bool

  init(
    load: Load, warmUp: LoadPhase.Result, measured: LoadPhase.Result, warmUpReports: [InvocationReport]?,
    reports: [InvocationReport]?, wasCancelled: Bool
  ) {
    self.load = load
    self.warmUp = warmUp.samples
    samples = measured.samples
    elapsed = measured.elapsed
    self.warmUpReports = warmUpReports
    self.reports = reports
    let inFlight = warmUp.inFlight + measured.inFlight
    isDead = warmUp.isDead || measured.isDead
    if wasCancelled, measured.samples.count < load.requests {
      incomplete =
        "interrupted after \(Figure.count(measured.samples.count)) of \(Figure.number(load.requests, "request"))"
        + (inFlight == 0 ? "" : "; \(Figure.count(inFlight)) more had been sent, and their answers were not awaited")
    } else if isDead, let reason = (measured.samples.last ?? warmUp.samples.last)?.failure {
      incomplete =
        "nothing was measured: no request\(warmUp.isDead ? " of the warm-up" : "") was answered (\(reason))"
    } else {
      incomplete = nil
    }
  }

  /// Whether any request was answered with a 2xx, of the warm-up or after it.
  var hasSuccess: Bool { warmUp.contains(where: \.isSuccess) || samples.contains(where: \.isSuccess) }

  /// How many requests failed in which way, such as `status 503`.
  package var failures: [String: Int] {
    Dictionary(samples.compactMap(\.fault).map { ($0, 1) }, uniquingKeysWith: +)
  }

  /// What Lambda reported about all invocations.
  var allReports: [InvocationReport] { (warmUpReports ?? []) + (reports ?? []) }

  /// The part of the report.
  package func latency(of variant: String) -> ComparisonReport.Latency {
    let successes = Percentiles(samples.filter(\.isSuccess).map(\.milliseconds))
    let seconds = elapsed / .seconds(1)
    let coldStarts = reports.map { $0.compactMap(\.initMilliseconds) }
    let warmUpColdStarts = warmUpReports.map { $0.compactMap(\.initMilliseconds) }
    let inits = Percentiles(allReports.filter { !$0.isFailedStart }.compactMap(\.initMilliseconds).map(\.double))
    return ComparisonReport.Latency(
      variant: variant, loop: load.loop, concurrency: load.concurrency, rate: load.rate, requests: samples.count,
      errors: samples.count - successes.count,
      requestsPerSecond: seconds > 0 ? Double(successes.count) / seconds : 0,
      p50: successes[50], p90: successes[90], p99: successes[99], max: successes.max,
      coldStarts: coldStarts?.count,
      coldStartShare: samples.isEmpty ? nil : coldStarts.map { Double($0.count) / Double(samples.count) },
      warmUpMax: warmUp.map(\.milliseconds).max(), warmUpRequests: warmUp.count,
      warmUpColdStarts: warmUpColdStarts?.count, initP50: inits[50], initMax: inits.max, curve: successes.curve,
      failures: failures)
  }

  /// What makes the numbers mean less than they seem to; a sentence each.
  package func warnings(of variant: String) -> [String] {
    var warnings: [String] = []
    let late = Percentiles(samples.map(\.lateness))
    if let rate = load.rate, let median = late[50], median > 1000 / rate {
      // Half of the requests had to wait for a caller for longer than the time between two of them.
      warnings.append(
        "\(variant): the callers (\(Figure.count(load.concurrency))) could not send \(Figure.rate(rate)): half "
          + "of them waited for \(Figure.time(median)) or more to be sent. Ask for more callers, or a lower rate."
      )
    }
    if !samples.isEmpty, samples.count < 100 {
      warnings.append("Of \(samples.count) requests, the 99th percentile is the slowest one: ask for 100 or more.")
    }
    return warnings
  }
}

extension LoadPhase.Result {
  /// Whether there were requests, and none of them was answered.
  var isDead: Bool { !samples.isEmpty && samples.allSatisfy { $0.status == nil } }
}
