import TestSupport
import Testing

@testable import Comparison

@Suite("An interrupted load", .timeLimit(.minutes(1)))
struct LoadCancellationTests {
  /// Whether a request is under way, and whether it may end.
  private struct Gate {
    var isReached = false
    var isOpen = false
  }

  /// Interrupts a load while the request `stop` is in flight, and returns the result, which arrives before that ends.
  private func interrupt(_ load: Load, at stop: Int) async throws -> (LoadResult, sent: Int) {
    let (gate, sent) = (Monitor(Gate()), Monitor(0))
    let task = Task {
      try await LoadGenerator(load) {
        { number in
          sent.withLock { $0 += 1 }
          guard number == stop else { return 200 }
          gate.withLock { $0.isReached = true }
          return gate.wait(seconds: 30) { $0.isOpen ? 200 : nil } ?? 504
        }
      }.run()
    }
    let isReached = try await offPool { gate.wait(seconds: 30) { $0.isReached ? true : nil } }
    #expect(isReached == true)
    task.cancel()
    let result = try await task.value
    // The thread is still waiting: the result didn't wait for it.
    gate.withLock { $0.isOpen = true }
    return (result, sent.withLock { $0 })
  }

  @Test("yields the measurements so far, and says how many")
  func measurement() async throws {
    let (result, sent) = try await interrupt(Load(requests: 1000, concurrency: 1, warmUp: 2), at: 212)
    #expect(result.samples.count == 210)
    #expect(result.warmUp.count == 2)
    #expect(
      result.incomplete
        == "interrupted after 210 of 1,000 requests; 1 more had been sent but were not awaited")
    #expect(result.latency(of: "direct").requests == 210)
    #expect(result.latency(of: "direct").p50 != nil)
    #expect(sent == 213)
  }

  @Test("doesn't begin the measurement if interrupted in the warm-up")
  func warmUp() async throws {
    let (result, sent) = try await interrupt(Load(requests: 10, concurrency: 1, warmUp: 5), at: 3)
    #expect((result.samples.count, result.warmUp.count, sent) == (0, 3, 4))
    #expect(result.incomplete?.hasPrefix("interrupted after 0 of 10 requests") == true)
  }

  @Test("sends nothing if interrupted before it began")
  func before() async throws {
    let sent = Monitor(0)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await LoadGenerator(Load(requests: 10, concurrency: 2, warmUp: 5)) {
        { _ in
          sent.withLock { $0 += 1 }
          return 200
        }
      }.run()
    }
    #expect(try await task.value.incomplete == "interrupted after 0 of 10 requests")
    #expect(sent.withLock { $0 } == 0)
  }
}
