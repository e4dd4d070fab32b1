internal import Glibc

/// A monotonic clock that can be injected, for timing requests and waiting.
///
/// Finer than `WallClock`, whose resolution of a millisecond is too coarse for a request to this machine.
package struct SteadyClock: Sendable {
  private let read: @Sendable () -> Duration
  private let pause: @Sendable (Duration) -> Void

  /// A clock that reads time with `now`, since some fixed instant, and waits with `sleep`.
  package init(now: @escaping @Sendable () -> Duration, sleep: @escaping @Sendable (Duration) -> Void) {
    self.read = now
    self.pause = sleep
  }

  /// The machine's monotonic clock.
  package static let system = SteadyClock(
    now: {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    },
    sleep: { duration in
      let (seconds, attoseconds) = duration.components
      var wanted = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
      var rest = timespec()
      while nanosleep(&wanted, &rest) != 0 && errno == EINTR { wanted = rest }
    })

  /// The time since some fixed instant.
  var now: Duration { read() }

  /// Blocks the thread until an instant; returns at once if it has passed.
  func sleep(until instant: Duration) {
    let left = instant - now
    if left > .zero { pause(left) }
  }
}
