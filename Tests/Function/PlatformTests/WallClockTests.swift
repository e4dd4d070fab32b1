import Platform
import Testing

@Suite("A wall clock")
struct WallClockTests {
  /// A clock at one second after the epoch; the closure receives the pauses.
  private func clock(_ paused: @escaping @Sendable (Duration) -> Void = { _ in }) -> WallClock {
    WallClock(now: { Timestamp(milliseconds: 1000) }, sleep: paused)
  }

  @Test("reads the time from its closure")
  func now() {
    #expect(clock().now == Timestamp(milliseconds: 1000))
  }

  @Test("sleeps for the given time")
  func waits() async {
    await confirmation { paused in
      clock {
        #expect($0 == .milliseconds(250))
        paused()
      }
      .sleep(for: .milliseconds(250))
    }
  }

  @Test(
    "does not sleep for zero or negative times", arguments: [.zero, .milliseconds(-1), .seconds(Int.min)] as [Duration])
  func doesNotWait(duration: Duration) async {
    await confirmation(expectedCount: 0) { paused in
      clock { _ in paused() }.sleep(for: duration)
    }
  }

  @Test("of the machine is later than the day of this test's writing, and doesn't run backwards")
  func system() throws {
    let written = try #require(Timestamp(rfc3339: "2026-11-23T00:00:00Z"))
    let first = WallClock.system.now
    #expect(first > written)
    #expect(first < Timestamp(milliseconds: .max))
    #expect(WallClock.system.now >= first)
  }
}
