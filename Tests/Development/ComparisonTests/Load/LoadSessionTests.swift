import Synchronization
import Testing

@testable import Comparison

@Suite("A load in rounds", .timeLimit(.minutes(1)))
struct LoadSessionTests {
  private struct Refused: Error {}

  @Test("sends every request once, and lets other loads take turns", arguments: [(25, 10), (3, 10), (10, 1)])
  func turns(requests: Int, rounds: Int) async throws {
    let sent = Mutex<[String]>([])
    func session(_ name: String) throws -> LoadSession {
      try LoadGenerator(Load(requests: requests, concurrency: 1, warmUp: 2)) {
        { number in
          sent.withLock { $0.append("\(name)\(number)") }
          return 200
        }
      }.session(rounds: rounds)
    }
    var sessions = [try session("a"), try session("b")]
    for _ in 0..<rounds { for index in sessions.indices { await sessions[index].runRound() } }
    let all = sent.withLock { $0 }
    for name in ["a", "b"] {
      #expect(all.filter { $0.hasPrefix(name) } == (0..<requests + 2).map { "\(name)\($0)" })
    }
    let turns = zip(all, all.dropFirst()).count { $0.prefix(1) != $1.prefix(1) } + 1
    #expect(turns == 2 * min(rounds, requests))
    for session in sessions {
      let result = session.result
      #expect((result.samples.count, result.warmUp.count, result.incomplete) == (requests, 2, nil))
    }
  }

  @Test("counts only the time of its own rounds")
  func elapsed() async throws {
    let clock = ManualClock()
    var session = try LoadGenerator(Load(requests: 20, concurrency: 1), clock: clock.clock) {
      { _ in
        clock.advance(by: .milliseconds(10))
        return 200
      }
    }.session(rounds: 10)
    for _ in 0..<10 {
      await session.runRound()
      clock.advance(by: .seconds(60))
    }
    let latency = session.result.latency(of: "direct")
    #expect((latency.max, latency.requestsPerSecond) == (10, 100))
    #expect(latency.p50Interval == .init(low: 10, high: 10))
  }

  @Test("doesn't exceed the rate of an open loop because its rounds end with a response")
  func rate() async throws {
    let clock = ManualClock()
    let load = try Load(requests: 20, concurrency: 1, pace: .open(requestsPerSecond: 10))
    var session = try LoadGenerator(load, clock: clock.clock) {
      { _ in
        clock.advance(by: .milliseconds(10))
        return 200
      }
    }.session(rounds: 10)
    for _ in 0..<10 { await session.runRound() }
    // The last of 20 requests is due after 1.9 s, and takes 10 ms.
    #expect(session.result.latency(of: "direct").requestsPerSecond == 20 / 1.91)
  }

  @Test("reports progress through all rounds, and the end once")
  func progress() async throws {
    let seen = Mutex<[LoadProgress]>([])
    var session = try LoadGenerator(
      Load(requests: 30, concurrency: 1), progress: { step in seen.withLock { $0.append(step) } }
    ) { { number in number == 4 ? 500 : 200 } }.session(rounds: 3)
    for _ in 0..<3 { await session.runRound() }
    let steps = seen.withLock { $0 }
    #expect(steps.allSatisfy { $0.total == 30 })
    #expect(steps.filter(\.isLast).map(\.done) == [30])
    #expect(steps.last?.errors == 1)
    #expect(steps.map(\.done) == steps.map(\.done).sorted())
  }

  @Test("sends nothing more once the first requests got no response")
  func dead() async throws {
    let sent = Mutex(0)
    var session = try LoadGenerator(Load(requests: 100, concurrency: 1)) {
      { _ in
        sent.withLock { $0 += 1 }
        throw Refused()
      }
    }.session(rounds: 10)
    for _ in 0..<10 { await session.runRound() }
    #expect(sent.withLock { $0 } == 1)
    #expect(session.result.isDead)
    #expect(session.result.incomplete?.hasPrefix("nothing was measured") == true)
  }

  @Test("is incomplete if it was interrupted in the turn of another load")
  func interrupted() async throws {
    var session = try LoadGenerator(Load(requests: 100, concurrency: 1)) { { _ in 200 } }.session(rounds: 10)
    #expect(!session.hasBegun)
    await session.runRound()
    #expect(session.hasBegun)
    #expect(session.result.incomplete == "interrupted after 10 of 100 requests")
  }

  @Test("has short rounds in an open loop, so that connections don't become idle in between")
  func rounds() throws {
    #expect(try Load(requests: 500, concurrency: 4).rounds == 10)
    #expect(try Load(requests: 500, concurrency: 4, pace: .open(requestsPerSecond: 100)).rounds == 10)
    #expect(try Load(requests: 500, concurrency: 4, pace: .open(requestsPerSecond: 5)).rounds == 50)
  }
}
