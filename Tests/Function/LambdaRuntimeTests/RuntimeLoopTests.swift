import LambdaRuntime
import Platform
import Synchronization
import Testing

/// Tests without a Runtime API: the endpoint's port is not valid. The function's own tests cover the rest.
@Suite("The runtime loop without a Runtime API")
struct RuntimeLoopTests {
  private let lines = LogLines()
  private let endpoint = "127.0.0.1:99999"

  @Test("backs off up to a cap, then exits non-zero with one line that names the endpoint and the cause")
  func noAPI() {
    let pauses = Pauses()
    let status = loop(pauses).run { _ in { _ in InvocationResult(payload: [], record: LogRecord(.info, "")) } }
    #expect(status != 0)
    #expect(lines.all.count == 1)
    #expect(lines.all.first?.contains("\tFATAL\t") == true)
    #expect(lines.all.first?.contains(endpoint) == true)
    #expect(lines.all.first?.contains("can't connect") == true)
    #expect(!pauses.all.isEmpty)
    #expect(pauses.all == pauses.all.sorted())
    #expect(pauses.all.allSatisfy { (.milliseconds(1)...Duration.seconds(1)).contains($0) })
  }

  @Test("exits non-zero if the function can't start, and names the variable that is wrong")
  func initError() {
    let status = loop(Pauses()).run { _ in throw EnvironmentError("AWS_REGION", "is not set: set it") }
    #expect(status != 0)
    #expect(lines.all.first?.contains("\tFATAL\t") == true)
    #expect(lines.all.first?.contains("AWS_REGION: is not set") == true)
  }

  @Test("exits non-zero if the number of loops isn't one", arguments: ["0", "-1", "four", ""])
  func concurrency(value: String) {
    let status = loop(Pauses(), maximumConcurrency: value).run { _ in throw EnvironmentError("X", "is not reached") }
    #expect(status != 0)
    #expect(lines.all.first?.contains("AWS_LAMBDA_MAX_CONCURRENCY: ") == true)
  }

  @Test("exits non-zero under SnapStart if it can't ask for the restore, and doesn't seed what is never restored")
  func noRestore() {
    let calls = Mutex<[String]>([])
    let loop = loop(Pauses())
    let status = loop.run { _ in
      try loop.passSnapshot(environment: Environment(["AWS_LAMBDA_INITIALIZATION_TYPE": "snap-start"])) {
        calls.withLock { $0.append("rehearse") }
      } reseed: {
        calls.withLock { $0.append("reseed") }
        return true
      }
      calls.withLock { $0.append("restored") }
      return { _ in InvocationResult(payload: [], record: LogRecord(.info, "")) }
    }
    #expect(status != 0)
    #expect(calls.withLock { $0 } == ["rehearse"])
    #expect(lines.all.first?.contains("The Runtime API at \(endpoint) failed: can't connect") == true)
  }

  @Test("passes no snapshot in other kinds of init", arguments: [[:], ["AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand"]])
  func noSnapshot(variables: [String: String]) throws {
    try loop(Pauses()).passSnapshot(environment: Environment(variables)) {
      Issue.record("it was rehearsed")
    } reseed: {
      Issue.record("it was seeded")
      return true
    }
  }

  private func loop(_ pauses: Pauses, maximumConcurrency: String? = nil) -> RuntimeLoop {
    RuntimeLoop(
      endpoint: endpoint, maximumConcurrency: maximumConcurrency, userAgent: "test", clock: clock { pauses.add($0) },
      logger: lines.logger())
  }
}

private final class Pauses: Sendable {
  private let taken = Mutex<[Duration]>([])

  var all: [Duration] { taken.withLock { $0 } }

  func add(_ pause: Duration) {
    taken.withLock { $0.append(pause) }
  }
}
