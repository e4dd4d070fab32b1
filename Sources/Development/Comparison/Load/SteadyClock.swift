internal import Foundation

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
  package static let system: SteadyClock = {
    let clock = SuspendingClock()
    let start = clock.now
    return SteadyClock(
      now: { start.duration(to: clock.now) }, sleep: { Thread.sleep(forTimeInterval: $0 / .seconds(1)) })
  }()

  /// The time since some fixed instant.
  var now: Duration { read() }

  /// Blocks the thread until an instant; returns at once if it has passed.
  func sleep(until instant: Duration) {
    let left = instant - now
    if left > .zero { pause(left) }
  }
}
