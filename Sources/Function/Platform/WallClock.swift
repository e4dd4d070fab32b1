internal import Glibc

/// A clock that reads the time of day and sleeps, passed as a parameter.
///
/// A wall clock and not a monotonic one: Lambda freezes a process between invocations, and its monotonic clock stops
/// meanwhile.
package struct WallClock: Sendable {
  private let read: @Sendable () -> Timestamp
  private let pause: @Sendable (Duration) -> Void

  /// A clock made of two closures.
  package init(now: @escaping @Sendable () -> Timestamp, sleep: @escaping @Sendable (Duration) -> Void) {
    self.read = now
    self.pause = sleep
  }

  /// The machine's clock.
  package static let system = WallClock(
    now: {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      return Timestamp(milliseconds: time.tv_sec * 1000 + time.tv_nsec / 1_000_000)
    },
    sleep: { duration in
      let (seconds, attoseconds) = duration.components
      var wanted = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
      var rest = timespec()
      while nanosleep(&wanted, &rest) != 0 && errno == EINTR { wanted = rest }
    })

  /// The current time.
  package var now: Timestamp { read() }

  /// Blocks the thread for a duration; returns at once if it is zero or negative.
  package func sleep(for duration: Duration) {
    if duration > .zero { pause(duration) }
  }
}
