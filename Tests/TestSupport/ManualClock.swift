package import Platform

/// A clock that a test moves. A pause takes no time: it moves the clock.
package final class ManualClock: Sendable {
  private let time: Monitor<Timestamp>

  /// A clock at this many milliseconds after the epoch.
  package init(at milliseconds: Int) {
    time = Monitor(Timestamp(milliseconds: milliseconds))
  }

  /// The time that it shows.
  package var now: Timestamp { time.withLock { $0 } }

  /// Moves it, back if the duration is negative.
  package func advance(by duration: Duration) {
    time.withLock { $0 = $0 + duration }
  }

  /// The clock for the code under test.
  package var clock: WallClock {
    WallClock(now: { self.now }, sleep: { self.advance(by: $0) })
  }
}
