package import LocalLambda

/// The measurements of a load.
package struct LoadResult: Sendable {
  /// The intended load.
  package let load: Load
  /// The requests of the warm-up.
  package let warmUp: [Sample]
  /// The measured requests.
  package let samples: [Sample]
  /// How long the measurement took.
  package let elapsed: Duration
  /// Lambda's reports on the warm-up's invocations; nil where they can't be observed.
  package let warmUpReports: [InvocationReport]?
  /// Lambda's reports on the measured invocations; nil where they can't be observed.
  package let reports: [InvocationReport]?
  /// Why fewer requests were measured than intended; nil if all were.
  package let incomplete: String?
  /// Whether the warm-up or the measurement sent requests and none of them got a response.
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
        + (inFlight == 0 ? "" : "; \(Figure.count(inFlight)) more had been sent but were not awaited")
    } else if isDead, let reason = (measured.samples.last ?? warmUp.samples.last)?.failure {
      incomplete = "nothing was measured: no \(warmUp.isDead ? "warm-up " : "")request got a response (\(reason))"
    } else {
      incomplete = nil
    }
  }

  /// Whether any request got a 2xx, in the warm-up or after it.
  var hasSuccess: Bool { warmUp.contains(where: \.isSuccess) || samples.contains(where: \.isSuccess) }

  /// The number of failed requests by kind of failure, such as `status 503`.
  package var failures: [String: Int] {
    Dictionary(samples.compactMap(\.fault).map { ($0, 1) }, uniquingKeysWith: +)
  }

  /// Lambda's reports on all invocations.
  var allReports: [InvocationReport] { (warmUpReports ?? []) + (reports ?? []) }

  /// The report's entry for this load on a variant.
  package func latency(of variant: String) -> ComparisonReport.Latency {
    let times = samples.filter(\.isSuccess).map(\.milliseconds)
    let successes = Percentiles(times)
    let seconds = elapsed / .seconds(1)
    let coldStarts = reports.map { $0.compactMap(\.initMilliseconds) }
    let warmUpColdStarts = warmUpReports.map { $0.compactMap(\.initMilliseconds) }
    let inits = Percentiles(allReports.filter { !$0.isFailedStart }.compactMap(\.initMilliseconds).map(\.double))
    return ComparisonReport.Latency(
      variant: variant, loop: load.loop, concurrency: load.concurrency, rate: load.rate, requests: samples.count,
      errors: samples.count - successes.count,
      requestsPerSecond: seconds > 0 ? Double(successes.count) / seconds : 0,
      p50: successes[50], p90: successes[90], p99: successes[99], max: successes.max,
      p50Interval: successes.interval(50, of: times), p99Interval: successes.interval(99, of: times),
      coldStarts: coldStarts?.count,
      coldStartShare: samples.isEmpty ? nil : coldStarts.map { Double($0.count) / Double(samples.count) },
      warmUpMax: warmUp.map(\.milliseconds).max(), warmUpRequests: warmUp.count,
      warmUpColdStarts: warmUpColdStarts?.count, initP50: inits[50], initMax: inits.max, curve: successes.curve,
      failures: failures)
  }

  /// Reasons to trust the numbers less, one sentence each.
  package func warnings(of variant: String) -> [String] {
    var warnings: [String] = []
    let late = Percentiles(samples.map(\.lateness))
    if let rate = load.rate, let median = late[50], median > 1000 / rate {
      // Half of the requests waited for a free worker longer than the interval between two requests.
      warnings.append(
        "\(variant): \(Figure.number(load.concurrency, "worker")) could not send \(Figure.rate(rate)): half of the "
          + "requests were sent \(Figure.time(median)) or more late. Use more workers or a lower rate.")
    }
    if !samples.isEmpty, samples.count < 100 {
      warnings.append("With \(samples.count) requests, the 99th percentile is the slowest one; measure 100 or more.")
    }
    return warnings
  }
}

/// The outcome of one request.
package struct Sample: Hashable, Sendable {
  /// The status of the response; nil if there was none.
  package let status: Int?
  /// Why there was no response; nil if there was one.
  package let failure: String?
  /// The time from when the request was due to the end of its response, in milliseconds.
  package let milliseconds: Double
  /// How late the request was sent because no worker was free, in milliseconds. Zero in a closed loop.
  package let lateness: Double

  /// Whether the response was a 2xx.
  package var isSuccess: Bool { status.map { (200..<300).contains($0) } ?? false }
  /// The kind of failure in words, equal for all requests that failed alike; nil for a success.
  var fault: String? { isSuccess ? nil : failure ?? status.map { "status \($0)" } }
}

extension LoadPhase.Result {
  /// Whether there were requests and none of them got a response.
  var isDead: Bool { !samples.isEmpty && samples.allSatisfy { $0.status == nil } }
}
