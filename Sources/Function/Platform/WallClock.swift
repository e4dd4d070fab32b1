internal import Glibc

/// A clock that reads the time of day and sleeps, passed as a parameter.
///
/// A wall clock and not a monotonic one: Lambda freezes a process between invocations, and its monotonic clock stops
/// meanwhile.
package struct WallClock: Sendable {
  private let read: @Sendable () -> Timestamp
  private let pause: @Sendable (Int) -> Void

  /// A clock made of two closures; `sleep` gets milliseconds.
  package init(now: @escaping @Sendable () -> Timestamp, sleep: @escaping @Sendable (Int) -> Void) {
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
    sleep: { milliseconds in
      var wanted = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
      var rest = timespec()
      while nanosleep(&wanted, &rest) != 0 && errno == EINTR { wanted = rest }
    })

  /// The current time.
  package var now: Timestamp { read() }

  /// Blocks the thread for a number of milliseconds; returns at once if it is zero or negative.
  package func sleep(milliseconds: Int) {
    if milliseconds > 0 { pause(milliseconds) }
  }
}
