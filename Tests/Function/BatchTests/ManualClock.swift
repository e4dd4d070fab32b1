import Platform
import TestSupport

/// A clock that a test moves. A pause takes no time: it moves the clock.
final class ManualClock: Sendable {
  private let time: Monitor<Timestamp>

  /// A clock at this many milliseconds after the epoch.
  init(at milliseconds: Int) {
    time = Monitor(Timestamp(milliseconds: milliseconds))
  }

  /// The time that it shows.
  var now: Timestamp { time.withLock { $0 } }

  /// Moves it, back if the duration is negative.
  func advance(by duration: Duration) {
    time.withLock { $0 = $0 + duration }
  }

  /// The clock for the code under test.
  var clock: WallClock {
    WallClock(now: { self.now }, sleep: { self.advance(by: $0) })
  }
}
