import DevelopmentTestSupport
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import LocalLambda

@Suite("The idle limit of a local function", .timeLimit(.minutes(5)))
struct IdleLimitTests {
  private let event = Array("{}".utf8)
  private let answering = """
    while True:
      respond(Event(), os.getpid())
    """

  /// Waits that end when a test ends them, and ignore cancellation, which makes them the hardest kind.
  private final class Waits: Sendable {
    private let waits = Mutex<[(limit: Duration, end: CheckedContinuation<Void, Never>)]>([])

    func sleep(_ limit: Duration) async {
      await withCheckedContinuation { end in waits.withLock { $0.append((limit, end)) } }
    }

    /// The requested durations.
    var limits: [Duration] { waits.withLock { $0.map(\.limit) } }

    /// Ends one wait. Each must be ended exactly once.
    func end(_ index: Int) { waits.withLock { $0.dropFirst(index).first }?.end.resume() }
  }

  private func withFunction(_ body: (LocalFunction, Waits) async throws -> Void) async throws {
    try await StandInFunction.withScript(answering) { configuration in
      var configuration = configuration
      configuration.idleTimeout = .seconds(77)
      let waits = Waits()
      let function = LocalFunction(configuration, sleep: { await waits.sleep($0) }, log: { _ in })
      do {
        try await body(function, waits)
      } catch {
        await function.stop()
        throw error
      }
      await function.stop()
    }
  }

  private func pid(_ function: LocalFunction) async throws -> Int {
    try #require(try await function.invoke(event: event).response(as: Int.self))
  }

  @Test("a process is ended at the limit, and the next event gets a new one")
  func expiry() async throws {
    try await withFunction { function, waits in
      let first = try await pid(function)
      try await until { waits.limits == [.seconds(77)] }
      waits.end(0)
      try await until { !isAlive(first) }
      let invocation = try await function.invoke(event: event)
      #expect(invocation.report.initDuration != nil)
      #expect(invocation.response(as: Int.self) != first)
      try await until { waits.limits.count == 2 }
      waits.end(1)
    }
  }

  @Test("starts again after each event")
  func renewal() async throws {
    try await withFunction { function, waits in
      let first = try await pid(function)
      try await until { waits.limits.count == 1 }
      #expect(try await pid(function) == first)
      try await until { waits.limits.count == 2 }
      // The limit counted from the first event has passed, but the process has only been idle since the second one.
      waits.end(0)
      // The absence of an effect can't be awaited, so many more events pass through the function in the meantime.
      let last = 21
      for index in 2...last {
        try #require(try await pid(function) == first)
        try await until { waits.limits.count == index + 1 }
      }
      waits.end(last)
      try await until { !isAlive(first) }
      for index in 1..<last { waits.end(index) }
    }
  }
}
