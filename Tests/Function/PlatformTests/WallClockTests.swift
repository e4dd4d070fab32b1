import Platform
import Testing

@Suite("A wall clock")
struct WallClockTests {
  /// A clock at one second after the epoch; the closure receives the pauses.
  private func clock(_ paused: @escaping @Sendable (Int) -> Void = { _ in }) -> WallClock {
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
        #expect($0 == 250)
        paused()
      }
      .sleep(milliseconds: 250)
    }
  }

  @Test("does not sleep for zero or negative times", arguments: [0, -1, .min])
  func doesNotWait(milliseconds: Int) async {
    await confirmation(expectedCount: 0) { paused in
      clock { _ in paused() }.sleep(milliseconds: milliseconds)
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
