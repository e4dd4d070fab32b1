extension ComparisonReport {
  /// The latency of one variant under one load.
  package struct Latency: Codable, Hashable, Sendable {
    /// The variant's id.
    package var variant: String
    /// Whether workers waited for a response before sending again (closed), or sent at a given rate regardless (open),
    /// with times counted from when each request was due.
    package var loop: Loop
    /// The number of workers.
    package var concurrency: Int
    /// The intended requests a second; nil in a closed loop.
    package var rate: Double?
    /// The number of measured requests, without the warm-up.
    package var requests: Int
    /// How many of them did not get a 2xx.
    package var errors: Int
    /// The number of successes a second.
    package var requestsPerSecond: Double
    /// Percentiles of the successes' times; nil without a success.
    package var p50, p90, p99, max: Double?
    /// The 95 % confidence intervals of the median and of the 99th percentile; nil with too few successes.
    package var p50Interval, p99Interval: Interval?
    /// How many requests started a process; nil where that can't be observed.
    package var coldStarts: Int?
    /// The share of the requests that started a process; nil where that can't be observed.
    package var coldStartShare: Double?
    /// The longest time of a warm-up request, cold starts included; nil without a warm-up.
    package var warmUpMax: Double?
    /// The number of warm-up requests.
    package var warmUpRequests: Int
    /// How many of them started a process; nil where that can't be observed.
    package var warmUpColdStarts: Int? = nil
    /// The median and the longest of the init phases, including those of the warm-up: from the start of a process until
    /// it asks for its first event. Nil without a cold start, or where none can be observed.
    package var initP50, initMax: Double?
    /// The points of the latency curve: `[share, milliseconds]`, shares ascending from 0 to 1.
    package var curve: [[Double]]
    /// The number of failed requests by kind of failure, such as `status 503` or `127.0.0.1:3000: can't connect`.
    package var failures: [String: Int] = [:]

    /// A kind of load.
    package enum Loop: String, Codable, Hashable, Sendable {
      case closed, open
    }
  }
}
