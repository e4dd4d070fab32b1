import Comparison
import Synchronization

/// A clock that stands still but for who waits by it, or sends for a while.
final class ManualClock: Sendable {
  private let time = Mutex(Duration.seconds(1000))

  var clock: SteadyClock { SteadyClock(now: { self.time.withLock { $0 } }, sleep: { self.advance(by: $0) }) }

  func advance(by duration: Duration) {
    time.withLock { $0 += duration }
  }
}
