extension ComparisonReport {
  /// How long one variant took under one load.
  public struct Latency: Codable, Hashable, Sendable {
    /// The variant's id.
    public var variant: String
    /// Whether callers waited for an answer before they sent again (closed), or sent at a given rate whatever happened
    /// (open), their times counted from when they should have sent.
    public var loop: Loop
    /// How many callers there were.
    public var concurrency: Int
    /// The requests a second that were meant to be sent; nil in a closed loop.
    public var rate: Double?
    /// How many requests were measured; warm-up is not among them.
    public var requests: Int
    /// How many of them did not get a 2xx.
    public var errors: Int
    /// How many successes there were a second.
    public var requestsPerSecond: Double
    /// Percentiles of the successes' times; nil without a success.
    public var p50, p90, p99, max: Double?
    /// How many requests started a process; nil where that can't be seen.
    public var coldStarts: Int?
    /// The share of the requests that started a process; nil where that can't be seen.
    public var coldStartShare: Double?
    /// The longest time of a request of the warm-up, cold starts included; nil without one.
    public var warmUpMax: Double?
    /// How many requests the warm-up had.
    public var warmUpRequests: Int
    /// How many of them started a process; nil where that can't be seen.
    public var warmUpColdStarts: Int? = nil
    /// The median and the longest of the init phases, those of the warm-up included: from the start of a process until
    /// it asked for its first event. Nil without a cold start, or where none can be seen.
    public var initP50, initMax: Double?
    /// Times at which the curve is drawn: `[share, milliseconds]`, shares ascending from 0 to 1.
    public var curve: [[Double]]
    /// How many requests failed in which way, such as `status 503` or `127.0.0.1:3000: can't connect`.
    public var failures: [String: Int] = [:]

    /// A way to make load.
    public enum Loop: String, Codable, Hashable, Sendable {
      case closed, open
    }
  }
}
