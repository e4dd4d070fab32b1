import Synchronization
import TestSupport
import Testing

@testable import Comparison

@Suite("An open loop", .timeLimit(.minutes(1)))
struct OpenLoopTests {
  /// Sends 200 requests to a server that takes a millisecond for each, but a second for request 20.
  private func stalled(_ pace: Load.Pace) async throws -> LoadResult {
    let clock = ManualClock()
    return try await LoadGenerator(Load(requests: 200, concurrency: 1, pace: pace), clock: clock.clock) {
      { number in
        clock.advance(by: .milliseconds(number == 20 ? 1000 : 1))
        return 200
      }
    }.run()
  }

  @Test("shows a stall in the tail of its percentiles, where a closed loop shows a single slow request")
  func stall() async throws {
    let (closed, open) = (try await stalled(.closed), try await stalled(.open(requestsPerSecond: 100)))
    #expect(closed.samples.count { $0.milliseconds > 1 } == 1)
    #expect(closed.latency(of: "x").p99 == 1)
    // Every request due in that second waited for the rest of it, minus what was caught up.
    #expect(open.samples.dropFirst(20).prefix(3).map(\.milliseconds) == [1000, 991, 982])
    #expect(open.samples.count { $0.milliseconds > 1 } == 111)
    let latency = open.latency(of: "x")
    #expect((latency.loop, latency.rate, latency.requests) == (.open, 100, 200))
    #expect(latency.p50 == 100)
    #expect(latency.p90 == 820)
    #expect(latency.p99 == 982)
    #expect(latency.max == 1000)
  }

  @Test("catches up, and is on time again")
  func catchesUp() async throws {
    let result = try await stalled(.open(requestsPerSecond: 100))
    #expect(result.samples.dropFirst(21).first?.lateness == 990)
    #expect(result.samples.suffix(60).allSatisfy { $0.lateness == 0 && $0.milliseconds == 1 })
    #expect(result.elapsed == .milliseconds(1991))
  }

  @Test("keeps its rate when the server is fast enough")
  func rate() async throws {
    let clock = ManualClock()
    let load = try Load(requests: 50, concurrency: 1, pace: .open(requestsPerSecond: 10), warmUp: 5)
    let result = try await LoadGenerator(load, clock: clock.clock) {
      { _ in
        clock.advance(by: .milliseconds(100))
        return 200
      }
    }.run()
    #expect(result.samples.allSatisfy { $0.milliseconds == 100 })
    #expect(result.latency(of: "x").requestsPerSecond == 10)
    #expect(result.warnings(of: "direct").allSatisfy { !$0.contains("could not send") })
  }

  @Test("warns if its workers can't keep the rate")
  func tooSlow() async throws {
    let clock = ManualClock()
    let load = try Load(requests: 100, concurrency: 1, pace: .open(requestsPerSecond: 1000))
    let result = try await LoadGenerator(load, clock: clock.clock) {
      { _ in
        clock.advance(by: .milliseconds(10))
        return 200
      }
    }.run()
    #expect(result.samples.last?.milliseconds == 901)
    #expect(
      result.warnings(of: "direct") == [
        "direct: 1 worker could not send 1,000 requests a second: half of the requests were sent 441 ms or more late. "
          + "Use more workers or a lower rate."
      ])
  }

  @Test("continues with its other workers while one waits for a response")
  func otherWorkers() async throws {
    let done = Monitor(0)
    let load = try Load(requests: 50, concurrency: 2, pace: .open(requestsPerSecond: 1_000_000))
    let result = try await LoadGenerator(load) {
      { number in
        if number == 0 { return done.wait(seconds: 30) { $0 == 49 ? 200 : nil } ?? 504 }
        done.withLock { $0 += 1 }
        return 200
      }
    }.run()
    #expect(result.samples.count(where: \.isSuccess) == 50)
  }
}
