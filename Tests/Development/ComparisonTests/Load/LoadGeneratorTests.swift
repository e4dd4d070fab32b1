import Foundation
import LocalAPIGateway
import LocalLambda
import Synchronization
import TestSupport
import Testing

@testable import Comparison

@Suite("A load generator", .timeLimit(.minutes(1)))
struct LoadGeneratorTests {
  private struct Refused: Error, CustomStringConvertible {
    let description: String
  }

  @Test(
    "sends the given number of requests, each once, those of the warm-up first",
    arguments: [(1, 0, 1), (100, 20, 4), (3, 10, 8), (250, 0, 16)])
  func count(requests: Int, warmUp: Int, concurrency: Int) async throws {
    let sent = Mutex<[Int]>([])
    let load = try Load(requests: requests, concurrency: concurrency, warmUp: warmUp)
    let result = try await LoadGenerator(load) {
      { number in
        sent.withLock { $0.append(number) }
        return 200
      }
    }.run()
    let numbers = sent.withLock { $0 }
    #expect(numbers.sorted() == Array(0..<warmUp + requests))
    #expect(numbers.prefix(warmUp).allSatisfy { $0 < warmUp })
    #expect((result.samples.count, result.warmUp.count) == (requests, warmUp))
    #expect(result.incomplete == nil)
  }

  @Test("gives each worker its own sender for the warm-up and the measurement")
  func senders() async throws {
    let made = Mutex(0)
    let load = try Load(requests: 40, concurrency: 4, warmUp: 40)
    _ = try await LoadGenerator(load) {
      made.withLock { $0 += 1 }
      return { _ in 200 }
    }.run()
    #expect(made.withLock { $0 } == 4)
  }

  @Test("counts failures by kind, and computes percentiles of successes only")
  func errors() async throws {
    let clock = ManualClock()
    let result = try await LoadGenerator(Load(requests: 10, concurrency: 1), clock: clock.clock) {
      { number in
        clock.advance(by: .milliseconds(number < 6 ? 10 : 5000))
        if number == 9 { throw Refused(description: "can't connect") }
        return number < 6 ? 200 : 503
      }
    }.run()
    let latency = result.latency(of: "direct")
    #expect((latency.requests, latency.errors) == (10, 4))
    #expect(latency.failures == ["status 503": 3, "can't connect": 1])
    #expect((latency.p50, latency.p99, latency.max) == (10, 10, 10))
    #expect(latency.requestsPerSecond == 6 / 20.06)
    #expect((latency.loop, latency.rate, latency.coldStarts) == (.closed, nil, nil))
    #expect((latency.warmUpColdStarts, latency.initP50, latency.initMax) == (nil, nil, nil))
  }

  @Test("has no percentiles without a success")
  func noSuccess() async throws {
    let result = try await LoadGenerator(Load(requests: 5, concurrency: 2)) { { _ in 500 } }.run()
    let latency = result.latency(of: "direct")
    #expect((latency.requests, latency.errors, latency.requestsPerSecond) == (5, 5, 0))
    #expect([latency.p50, latency.p90, latency.p99, latency.max, latency.warmUpMax] == [nil, nil, nil, nil, nil])
    #expect(latency.curve.isEmpty)
    #expect(result.incomplete == nil)
  }

  @Test("separates the times of the warm-up")
  func warmUp() async throws {
    let clock = ManualClock()
    let load = try Load(requests: 20, concurrency: 1, warmUp: 3)
    let latency = try await LoadGenerator(load, clock: clock.clock) {
      { number in
        clock.advance(by: .milliseconds(number == 0 ? 700 : 2))
        return 200
      }
    }.run().latency(of: "direct")
    #expect((latency.warmUpRequests, latency.warmUpMax) == (3, 700))
    #expect((latency.p50, latency.max, latency.requestsPerSecond) == (2, 2, 500))
  }

  @Test("measures nothing if no warm-up request got a response, and says why")
  func dead() async throws {
    let load = try Load(requests: 1000, concurrency: 2, warmUp: 4)
    let result = try await LoadGenerator(load) { { _ in throw Refused(description: "can't connect") } }.run()
    #expect(result.samples.isEmpty && result.isDead)
    #expect(
      result.incomplete == "nothing was measured: no warm-up request got a response (can't connect)")
    #expect(result.latency(of: "direct").p50 == nil)
  }

  @Test("ends as soon as the first request of every worker has failed without a response", arguments: [0, 1000])
  func silent(warmUp: Int) async throws {
    let (sent, isOver) = (Monitor(0), Monitor(false))
    let load = try Load(requests: 1000, concurrency: 4, warmUp: warmUp)
    let result = try await LoadGenerator(load) {
      { number in
        // No worker fails before each has sent its first request, and later requests don't end before the load does.
        sent.withLock { $0 += 1 }
        _ = sent.wait(seconds: 30) { $0 >= 4 ? true : nil }
        if number >= 4 { _ = isOver.wait(seconds: 30) { $0 ? true : nil } }
        throw Refused(description: "timed out")
      }
    }.run()
    isOver.withLock { $0 = true }
    #expect((result.warmUp + result.samples).count == 4)
    #expect(result.isDead)
    #expect(result.incomplete?.hasPrefix("nothing was measured: no ") == true)
    #expect(result.incomplete?.hasSuffix("request got a response (timed out)") == true)
  }

  @Test("continues if a single one of the first requests gets a response, even an error")
  func halfDead() async throws {
    let sent = Monitor(0)
    let load = try Load(requests: 10, concurrency: 2, warmUp: 50)
    let result = try await LoadGenerator(load) {
      { number in
        sent.withLock { $0 += 1 }
        _ = sent.wait(seconds: 30) { $0 >= 2 ? true : nil }
        if number == 1 { return 503 }
        throw Refused(description: "timed out")
      }
    }.run()
    #expect(result.warmUp.count == 50)
    #expect(result.warmUp.count { $0.status == nil } == 49)
  }

  @Test("rethrows the error of a sender that can't be made, and sends nothing")
  func unmade() async throws {
    let load = try Load(requests: 5, concurrency: 2)
    await #expect(throws: Refused.self) {
      try await LoadGenerator(load) { throw Refused(description: "no libcurl") }.run()
    }
  }

  @Test("reports progress while it runs and at the end")
  func progress() async throws {
    let seen = Monitor<[LoadProgress]>([])
    let load = try Load(requests: 6, concurrency: 1, warmUp: 1)
    let generator = LoadGenerator(
      load, progressInterval: .milliseconds(1), progress: { progress in seen.withLock { $0.append(progress) } }
    ) {
      { number in
        // The fourth measured request ends only once the three before it have been reported.
        let isReported = number < 4 || seen.wait(seconds: 30) { $0.contains { $0.done == 3 } ? true : nil } == true
        return isReported ? 200 : 500
      }
    }
    _ = try await generator.run()
    let all = seen.withLock { $0 }
    #expect(all.contains { $0.stage == .warmUp && $0.done == 1 && $0.total == 1 })
    let last = try #require(all.last)
    #expect((last.stage, last.done, last.total, last.errors) == (.measurement, 6, 6, 0))
    #expect(last.p50 != nil)
  }

  @Test("counts the cold starts of the measurement and those of the warm-up separately")
  func coldStarts() async throws {
    let reports = InvocationReports()
    reports.note(.report(initDuration: .microseconds(80_110)))
    let load = try Load(requests: 8, concurrency: 1, warmUp: 2)
    let result = try await LoadGenerator(load, reports: reports) {
      { number in
        reports.note(.lambda(.start(requestID: "\(number)")))
        reports.note(
          .report(initDuration: [0: .microseconds(95_500), 5: .microseconds(80_110), 7: .milliseconds(75)][number]))
        return 200
      }
    }.run()
    let latency = result.latency(of: "function")
    #expect((latency.coldStarts, latency.coldStartShare) == (2, 0.25))
    #expect((latency.warmUpColdStarts, latency.initP50, latency.initMax) == (1, 80.11, 95.5))
    #expect(result.allReports.count == 10)
    #expect(result.warmUpReports?.count == 2)
    #expect(result.reports?.count == 8)
  }

  @Test("excludes the init phases of processes that failed to start")
  func failedStarts() async throws {
    let reports = InvocationReports()
    let failed = InvocationReport.Status.error("Runtime.ExitError")
    // One that responds, one that dies of its first event, and one that never asks for an event.
    let entries: [GatewayLogEntry] = [
      .report(initDuration: .microseconds(80_110)), .report(initDuration: .microseconds(80_110), status: failed),
      .report(duration: .zero, initDuration: .milliseconds(200), status: failed),
    ]
    let result = try await LoadGenerator(Load(requests: 3, concurrency: 1), reports: reports) {
      { number in
        if entries.indices.contains(number) { reports.note(entries[number]) }
        return number == 0 ? 200 : 502
      }
    }.run()
    let latency = result.latency(of: "function")
    #expect((latency.coldStarts, latency.initP50, latency.initMax) == (3, 80.11, 80.11))
    #expect(result.allReports.map(\.failure) == [nil, "Runtime.ExitError", "Runtime.ExitError"])
  }

  @Test(
    "rejects numbers that are out of range",
    arguments: [
      (0, 1, 0), (-1, 1, 0), (1, 0, 0), (1, 1025, 0), (1, 1, -1), (.max, 1, 0), (1, 1, .max), (1_000_001, 1, 0),
    ])
  func numbers(requests: Int, concurrency: Int, warmUp: Int) {
    #expect(throws: LoadError.self) { try Load(requests: requests, concurrency: concurrency, warmUp: warmUp) }
  }

  @Test("rejects a rate that is out of range or too low", arguments: [0, -1, .nan, .infinity, 1_000_001, 1e-10])
  func rates(rate: Double) {
    #expect(throws: LoadError.self) {
      try Load(requests: 1, concurrency: 1, pace: .open(requestsPerSecond: rate))
    }
  }

  @Test("accepts its maximum, and a schedule of at most a day")
  func limits() throws {
    _ = try Load(requests: 1_000_000, concurrency: 1, warmUp: 1_000_000)
    _ = try Load(requests: 864, concurrency: 1, pace: .open(requestsPerSecond: 0.01))
    let error = #expect(throws: LoadError.self) {
      try Load(requests: 865, concurrency: 1, pace: .open(requestsPerSecond: 0.01))
    }
    #expect(error?.description.contains("would take more than a day; use fewer requests or a higher rate") == true)
  }
}

extension GatewayLogEntry {
  /// A report of Lambda's.
  fileprivate static func report(
    duration: Duration = .milliseconds(2), initDuration: Duration?, status: InvocationReport.Status? = nil
  ) -> GatewayLogEntry {
    .lambda(
      .report(
        InvocationReport(
          requestID: "1", duration: duration, initDuration: initDuration, memorySize: 128, maxMemoryUsed: 20,
          status: status)))
  }
}
