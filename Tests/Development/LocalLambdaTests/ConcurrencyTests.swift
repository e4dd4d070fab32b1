import DevelopmentTestSupport
import Foundation
import Platform
import TestSupport
import Testing

@testable import LocalLambda

@Suite("The concurrency of a local function", .timeLimit(.minutes(5)))
struct ConcurrencyTests {
  private let event = Array("{}".utf8)
  /// Responds with the process's id, and the times at which it received and finished the event.
  private let waiting = """
    while True:
      event = Event()
      start = time.monotonic_ns()
      open("gate").close()
      respond(event, [os.getpid(), start, time.monotonic_ns()])
    """
  private let answering = """
    while True:
      respond(Event(), [os.getpid()])
    """

  /// Runs `body` with a function made from a script, its gate, which is closed, and its log.
  private func withFunction(
    _ script: String, limit: Int = 100,
    _ body: (LocalFunction, Gate, AsyncStream<String>) async throws -> Void
  ) async throws {
    try await StandInFunction.withScript(script) { configuration in
      var configuration = configuration
      configuration.maximumConcurrency = limit
      let gate = Gate(in: configuration.taskRoot)
      let (lines, log) = AsyncStream.makeStream(of: String.self)
      let function = LocalFunction(configuration, log: { log.yield("\($0)") })
      do {
        try await body(function, gate, lines)
      } catch {
        await function.stop()
        throw error
      }
      await function.stop()
    }
  }

  /// Waits until this many invocations have started.
  private func starts(_ count: Int, in lines: AsyncStream<String>) async {
    var count = count
    for await line in lines where line.hasPrefix("START ") {
      count -= 1
      if count == 0 { return }
    }
  }

  /// Starts invocations at once, and returns their responses when all have ended.
  private func answers(_ count: Int, of function: LocalFunction) async throws -> [[Int]] {
    try await withThrowingTaskGroup { group in
      for _ in 0..<count {
        group.addTask {
          let answer = try #require(try await function.invoke(event: event).response(as: [Int].self))
          try #require(answer.count == 3)
          return answer
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  @Test("50 invocations at once get a process each, and no process serves two at a time")
  func fifty() async throws {
    try await withFunction(waiting, limit: 50) { function, gate, lines in
      async let first = answers(50, of: function)
      await starts(50, in: lines)
      await #expect(throws: LocalFunctionError.throttled(limit: 50)) { try await function.invoke(event: event) }
      gate.open()
      let (cold, warm) = (try await first, try await answers(50, of: function))
      let pids = Set(cold.map { $0[0] })
      #expect(pids.count == 50)
      #expect(pids.isSuperset(of: warm.map { $0[0] }))
      for (_, answers) in Dictionary(grouping: cold + warm, by: { $0[0] }) {
        let ordered = answers.sorted { $0[1] < $1[1] }
        #expect(zip(ordered, ordered.dropFirst()).allSatisfy { $0[2] < $1[1] })
      }
      await function.stop()
      #expect(!pids.contains(where: isAlive))
    }
  }

  @Test("is limited; another invocation can start once one has ended")
  func throttle() async throws {
    try await withFunction(waiting, limit: 1) { function, gate, lines in
      async let held = answers(1, of: function)
      await starts(1, in: lines)
      let error = await #expect(throws: LocalFunctionError.throttled(limit: 1)) {
        try await function.invoke(event: event)
      }
      #expect(error?.description.contains("ReservedConcurrentExecutions") == true)
      gate.open()
      let first = try await held
      #expect(try await answers(1, of: function).map(\.first) == first.map(\.first))
    }
  }

  @Test("can be zero")
  func zero() async throws {
    try await withFunction(answering, limit: 0) { function, _, _ in
      await #expect(throws: LocalFunctionError.throttled(limit: 0)) { try await function.invoke(event: event) }
    }
  }

  @Test("the most recently used process is used next")
  func lastInFirstOut() async throws {
    try await withFunction(waiting) { function, gate, lines in
      async let held = answers(3, of: function)
      await starts(3, in: lines)
      gate.open()
      #expect(Set(try await held.map { $0[0] }).count == 3)
      var pids: Set<Int> = []
      for _ in 0..<5 { pids.formUnion(try await answers(1, of: function).map { $0[0] }) }
      #expect(pids.count == 1)
    }
  }

  @Test("an abandoned invocation continues, and keeps its process busy")
  func abandoned() async throws {
    try await withFunction(waiting, limit: 1) { function, gate, lines in
      let traceID = TraceID(at: Timestamp(milliseconds: 0))
      let invocation = try await function.invoke(
        event: event, traceID: traceID, waitingAtMost: .milliseconds(20))
      #expect(invocation == nil)
      await #expect(throws: LocalFunctionError.throttled(limit: 1)) { try await function.invoke(event: event) }
      gate.open()
      let report = await lines.first { $0.hasPrefix("REPORT ") }
      #expect(report?.contains("Status:") == false)
      // The process becomes idle again shortly after the line.
      var next: CompletedInvocation?
      while next == nil { next = try? await function.invoke(event: event) }
      #expect(next?.report.initDuration == nil)
    }
  }

  @Test("no busy process is left behind")
  func stop() async throws {
    let script = """
      event = Event()
      with open("pid.new", "w") as file: file.write(str(os.getpid()))
      os.rename("pid.new", "pid")
      signal.pause()
      """
    try await StandInFunction.withScript(script) { configuration in
      let file = configuration.taskRoot + "/pid"
      let pid = try await withLocalFunction(configuration, log: { _ in }) { function in
        let invocation = try await function.invoke(
          event: event, traceID: TraceID(at: Timestamp(milliseconds: 0)), waitingAtMost: .zero)
        #expect(invocation == nil)
        try await until { FileManager.default.fileExists(atPath: file) }
        return try #require(Int(String(contentsOfFile: file, encoding: .utf8)))
      }
      #expect(!isAlive(pid))
    }
  }

  @Test("stopping the function cancels running invocations and prevents new ones")
  func stopped() async throws {
    try await withFunction(waiting) { function, _, lines in
      let held = Task { try await answers(2, of: function) }
      await starts(2, in: lines)
      await function.stop()
      await #expect(throws: CancellationError.self) { try await held.value }
      await #expect(throws: CancellationError.self) { try await function.invoke(event: event) }
    }
  }
}
