/// How many requests are sent, by how many workers and at what pace.
package struct Load: Hashable, Sendable {
  /// How workers decide when to send.
  package enum Pace: Hashable, Sendable {
    /// Each worker sends as soon as it has its response.
    case closed
    /// Requests are due at a fixed rate regardless of responses. A request for which no worker was free is sent late,
    /// and its time counts from when it was due.
    case open(requestsPerSecond: Double)
  }

  /// The maximum number of workers, each of which has its own thread and connection.
  package static let maximumConcurrency = 1024
  /// The maximum number of requests in a warm-up or a measurement. All their times are kept in memory.
  package static let maximumRequests = 1_000_000
  /// The longest schedule of an open loop, in seconds: a day.
  static let longestSchedule = 86_400.0

  /// The number of measured requests.
  package let requests: Int
  /// The number of workers.
  package let concurrency: Int
  /// When workers send.
  package let pace: Pace
  /// The number of requests sent beforehand, in a closed loop, without being measured.
  package let warmUp: Int

  /// A load. The error names the number that is out of range, and the range.
  package init(requests: Int, concurrency: Int, pace: Pace = .closed, warmUp: Int = 0) throws {
    guard (1...Self.maximumRequests).contains(requests) else {
      throw LoadError("requests must be 1 to \(Self.maximumRequests), not \(requests)")
    }
    guard (1...Self.maximumConcurrency).contains(concurrency) else {
      throw LoadError("concurrency must be 1 to \(Self.maximumConcurrency) workers, not \(concurrency)")
    }
    guard (0...Self.maximumRequests).contains(warmUp) else {
      throw LoadError("warm-up must be 0 to \(Self.maximumRequests) requests, not \(warmUp)")
    }
    if case .open(let rate) = pace {
      guard rate > 0, rate <= 1_000_000 else {
        throw LoadError("rate must be above 0 and at most 1000000 requests a second, not \(rate)")
      }
      guard Double(requests) / rate <= Self.longestSchedule else {
        throw LoadError(
          "\(requests) requests at \(rate) a second would take more than a day; use fewer requests or a higher rate")
      }
    }
    self.requests = requests
    self.concurrency = concurrency
    self.pace = pace
    self.warmUp = warmUp
  }
}

extension Load {
  /// The kind of loop, for the report.
  var loop: ComparisonReport.Latency.Loop { rate == nil ? .closed : .open }

  /// The least number of rounds in which variants take turns.
  private static let leastRounds = 10
  /// The longest round of an open loop, in seconds: while the other variants have their turns, connections must not be
  /// idle for long enough to be replaced.
  private static let longestRound = 2.0

  /// The number of rounds in which variants take turns.
  var rounds: Int {
    guard let rate else { return Self.leastRounds }
    return max(Self.leastRounds, Int((Double(requests) / rate / Self.longestRound).rounded(.up)))
  }

  /// The requests due a second; nil in a closed loop.
  var rate: Double? {
    guard case .open(let requestsPerSecond) = pace else { return nil }
    return requestsPerSecond
  }
}

/// A load's number that is out of range.
package struct LoadError: Error, Hashable, CustomStringConvertible {
  /// Which number is out of range, and the range.
  package let description: String

  init(_ description: String) {
    self.description = description
  }
}
