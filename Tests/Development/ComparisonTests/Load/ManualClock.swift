import Comparison
import Synchronization

/// A clock that advances only when it is told to or waited on.
final class ManualClock: Sendable {
  private let time = Mutex(Duration.seconds(1000))

  var clock: SteadyClock { SteadyClock(now: { self.time.withLock { $0 } }, sleep: { self.advance(by: $0) }) }

  func advance(by duration: Duration) {
    time.withLock { $0 += duration }
  }
}
