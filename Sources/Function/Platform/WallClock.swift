internal import Glibc

/// The time of day, and waiting for it to pass, as a parameter.
///
/// A wall clock and not a monotonic one: Lambda freezes a process between invocations, and a frozen process's
/// monotonic clock stands still.
package struct WallClock: Sendable {
  private let read: @Sendable () -> Timestamp
  private let pause: @Sendable (Int) -> Void

  /// A clock that reads and waits as told; `pause` gets milliseconds.
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

  /// The present instant.
  package var now: Timestamp { read() }

  /// Blocks the thread for a number of milliseconds; not at all when it is zero or negative.
  package func sleep(milliseconds: Int) {
    if milliseconds > 0 { pause(milliseconds) }
  }
}
