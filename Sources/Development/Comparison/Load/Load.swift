/// How many requests are sent, by how many callers, and how fast.
package struct Load: Hashable, Sendable {
  /// How callers decide when to send.
  package enum Pace: Hashable, Sendable {
    /// Each caller sends as soon as it has its answer.
    case closed
    /// So many requests a second are due whatever happens, by a schedule made beforehand. A request that no caller was
    /// free for is sent late, and its time counts from when it was due.
    case open(requestsPerSecond: Double)
  }

  /// The most callers: each has a thread and a connection of its own.
  package static let maximumConcurrency = 1024
  /// The most requests of a warm-up, or of a measurement, whose times are all kept.
  package static let maximumRequests = 1_000_000
  /// The longest schedule of an open loop, in seconds: a day.
  static let longestSchedule = 86_400.0

  /// How many requests are measured.
  package let requests: Int
  /// How many callers there are.
  package let concurrency: Int
  /// How fast they send.
  package let pace: Pace
  /// How many requests go before, in a closed loop, and are not measured.
  package let warmUp: Int

  /// A load; the error says which number can't be used, and what can.
  package init(requests: Int, concurrency: Int, pace: Pace = .closed, warmUp: Int = 0) throws(LoadError) {
    guard (1...Self.maximumRequests).contains(requests) else {
      throw LoadError("\(requests) requests can't be measured: ask for 1 to \(Self.maximumRequests)")
    }
    guard (1...Self.maximumConcurrency).contains(concurrency) else {
      throw LoadError("\(concurrency) callers can't send: ask for 1 to \(Self.maximumConcurrency)")
    }
    guard (0...Self.maximumRequests).contains(warmUp) else {
      throw LoadError("a warm-up of \(warmUp) requests is none: ask for 0 to \(Self.maximumRequests)")
    }
    if case .open(let rate) = pace {
      guard rate > 0, rate <= 1_000_000 else {
        throw LoadError("\(rate) requests a second can't be sent: ask for more than 0, and 1000000 at the most")
      }
      guard Double(requests) / rate <= Self.longestSchedule else {
        throw LoadError(
          "\(requests) requests at \(rate) a second are sent for more than a day: ask for fewer, or for a higher rate")
      }
    }
    self.requests = requests
    self.concurrency = concurrency
    self.pace = pace
    self.warmUp = warmUp
  }
}

extension Load {
  /// The loop, as a report has it.
  var loop: ComparisonReport.Latency.Loop { rate == nil ? .closed : .open }

  /// The requests a second that are due; nil in a closed loop.
  var rate: Double? {
    guard case .open(let requestsPerSecond) = pace else { return nil }
    return requestsPerSecond
  }
}

/// Numbers that make no load.
package struct LoadError: Error, Hashable, CustomStringConvertible {
  /// What is wrong, and what to ask for instead.
  package let description: String

  init(_ description: String) {
    self.description = description
  }
}
