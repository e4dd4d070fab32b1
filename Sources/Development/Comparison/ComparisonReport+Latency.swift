extension ComparisonReport {
  /// How long one variant took under one load.
  package struct Latency: Codable, Hashable, Sendable {
    /// The variant's id.
    package var variant: String
    /// Whether callers waited for an answer before they sent again (closed), or sent at a given rate whatever happened
    /// (open), their times counted from when they should have sent.
    package var loop: Loop
    /// How many callers there were.
    package var concurrency: Int
    /// The requests a second that were meant to be sent; nil in a closed loop.
    package var rate: Double?
    /// How many requests were measured; warm-up is not among them.
    package var requests: Int
    /// How many of them did not get a 2xx.
    package var errors: Int
    /// How many successes there were a second.
    package var requestsPerSecond: Double
    /// Percentiles of the successes' times; nil without a success.
    package var p50, p90, p99, max: Double?
    /// How many requests started a process; nil where that can't be seen.
    package var coldStarts: Int?
    /// The share of the requests that started a process; nil where that can't be seen.
    package var coldStartShare: Double?
    /// The longest time of a request of the warm-up, cold starts included; nil without one.
    package var warmUpMax: Double?
    /// How many requests the warm-up had.
    package var warmUpRequests: Int
    /// How many of them started a process; nil where that can't be seen.
    package var warmUpColdStarts: Int? = nil
    /// The median and the longest of the init phases, those of the warm-up included: from the start of a process until
    /// it asked for its first event. Nil without a cold start, or where none can be seen.
    package var initP50, initMax: Double?
    /// Times at which the curve is drawn: `[share, milliseconds]`, shares ascending from 0 to 1.
    package var curve: [[Double]]
    /// How many requests failed in which way, such as `status 503` or `127.0.0.1:3000: can't connect`.
    package var failures: [String: Int] = [:]

    /// A way to make load.
    package enum Loop: String, Codable, Hashable, Sendable {
      case closed, open
    }
  }
}
