internal import Glibc

/// Time that only goes forward, and waiting for it to pass, as a parameter: what requests are timed with.
///
/// Finer than `WallClock`, whose milliseconds a request to this machine may need but a few of.
package struct SteadyClock: Sendable {
  private let read: @Sendable () -> Duration
  private let pause: @Sendable (Duration) -> Void

  /// A clock that reads the time since some fixed instant, and waits as told.
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

  /// Blocks the thread until an instant; not at all when that has passed.
  func sleep(until instant: Duration) {
    let left = instant - now
    if left > .zero { pause(left) }
  }
}
