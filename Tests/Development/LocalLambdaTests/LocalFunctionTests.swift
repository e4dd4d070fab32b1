import DevelopmentTestSupport
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import LocalLambda

@Suite("A local function")
struct LocalFunctionTests {
  private let event = Array("{}".utf8)
  /// Responds to every event with the process's id and the number of events it has received.
  private let counting = """
    count = 0
    while True:
      event = Event()
      count += 1
      respond(event, [os.getpid(), count])
    """

  /// Invokes a function made from a script several times in sequence.
  private func invocations(
    of script: String, count: Int = 1, timeout: Duration = .seconds(120),
    log: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> [CompletedInvocation] {
    try await StandInFunction.withScript(script, timeout: timeout) { configuration in
      try await withLocalFunction(configuration, log: { log("\($0)") }) { function in
        var invocations: [CompletedInvocation] = []
        for _ in 0..<count { invocations.append(try await function.invoke(event: event)) }
        return invocations
      }
    }
  }

  @Test("serves sequential events with one process, whose init is measured once")
  func warm() async throws {
    let invocations = try await invocations(of: counting, count: 3)
    let told = try invocations.map { try #require($0.response(as: [Int].self)) }
    #expect(Set(told.map { $0[0] }).count == 1)
    #expect(told.map { $0[1] } == [1, 2, 3])
    #expect(invocations.map { $0.report.initDuration != nil } == [true, false, false])
    for report in invocations.map(\.report) {
      #expect(report.duration > .zero)
      let maxMemoryUsed = try #require(report.maxMemoryUsed)
      #expect(maxMemoryUsed > 0)
    }
  }

  @Test("starts a process for each concurrent event, and keeps the processes")
  func concurrent() async throws {
    // Each process responds only once the other has its event, too.
    let script = """
      has_met = False
      while True:
        event = Event()
        if not has_met:
          # Either end of a pipe opens when the other does.
          try:
            os.mkfifo("meeting")
            open("meeting").close()
          except FileExistsError:
            open("meeting", "w").close()
          has_met = True
        respond(event, os.getpid())
      """
    let pids = try await StandInFunction.withScript(script) { configuration in
      try await withLocalFunction(configuration, log: { _ in }) { function in
        let first = try await withThrowingTaskGroup(of: Int?.self) { group in
          for _ in 0..<2 { group.addTask { try await function.invoke(event: event).response(as: Int.self) } }
          return try await group.reduce(into: [Int]()) { $0 += [$1].compactMap { $0 } }
        }
        return first + [try await function.invoke(event: event).response(as: Int.self)].compactMap { $0 }
      }
    }
    #expect(pids.count == 3)
    #expect(Set(pids).count == 2)
  }

  @Test("leaves no process behind")
  func cleanUp() async throws {
    let pid = try #require(try await invocations(of: counting).first?.response(as: [Int].self)).first
    #expect(kill(Int32(try #require(pid)), 0) == -1 && errno == ESRCH)
  }

  @Test("at the time limit, the process and its children are killed, and the next event gets a new process")
  func timeout() async throws {
    let script = """
      event = Event()
      if os.path.exists("child"):
        with open("child") as file: respond(event, int(file.read()))
        Event()
      with open("child.new", "w") as file: file.write(str(subprocess.Popen(["sleep", "3600"]).pid))
      os.rename("child.new", "child")
      signal.pause()
      """
    let timeout = 4 * TimeFactor.value
    let invocations = try await invocations(of: script, count: 2, timeout: .seconds(timeout))
    try #require(invocations.count == 2)
    let error = try #require(invocations[0].functionError)
    #expect(error.type == "Sandbox.Timedout")
    let text = String(decoding: error.payload, as: UTF8.self)
    #expect(
      text.contains(
        #/^{"errorMessage":"\d{4}-\d\d-\d\dT[\d:.]+Z [0-9a-f-]{36} Task timed out after \d+\.\d\d seconds"}$/#))
    #expect(invocations[0].report.status == .timeout)
    #expect(invocations[0].report.duration > .seconds(timeout - 1))
    #expect(invocations[1].report.initDuration != nil)
    let child = try #require(invocations[1].response(as: Int.self))
    // A killed child may stay in the process table as a zombie until init reaps it.
    let status = try? String(contentsOfFile: "/proc/\(child)/status", encoding: .utf8)
    #expect(status == nil || status?.contains("State:\tZ") == true)
  }

  @Test(
    "reports how a process ended without a response, and replaces it",
    arguments: [
      ("sys.exit(3)", "Runtime exited with error: exit status 3"),
      ("sys.exit(0)", "Runtime exited without providing a reason"),
      ("os.kill(os.getpid(), signal.SIGKILL)", "Runtime exited with error: signal: killed"),
    ])
  func death(script: String, message: String) async throws {
    let whole = """
      event = Event()
      if not os.path.exists("dead"):
        open("dead", "w").close()
        \(script)
      respond(event, "alive")
      Event()
      """
    let invocations = try await invocations(of: whole, count: 2)
    try #require(invocations.count == 2)
    #expect(
      invocations[0].functionError
        == FunctionError(
          type: "Runtime.ExitError", message: "RequestId: \(invocations[0].requestID) Error: \(message)"))
    #expect(invocations[0].report.status == .error("Runtime.ExitError"))
    #expect(invocations[1].response(as: String.self) == "alive")
    #expect(invocations[1].report.initDuration != nil)
  }

  @Test("keeps the response of a process that ends afterwards")
  func oneShot() async throws {
    let invocations = try await invocations(of: "respond(Event(), os.getpid())", count: 2)
    let pids = try invocations.map { try #require($0.response(as: Int.self)) }
    #expect(Set(pids).count == 2)
  }

  @Test("reports the exit status of a process that never asks for an event")
  func exitInInit() async throws {
    let lines = Mutex<[String]>([])
    let invocations = try await invocations(of: "sys.exit(7)", log: { line in lines.withLock { $0.append(line) } })
    let invocation = try #require(invocations.first)
    #expect(invocation.functionError?.message.hasSuffix("Runtime exited with error: exit status 7") == true)
    #expect(invocation.report.duration == .zero)
    let initDuration = try #require(invocation.report.initDuration)
    #expect(initDuration > .zero)
    let id = invocation.requestID
    #expect(
      lines.withLock { $0 } == [
        "START RequestId: \(id) Version: $LATEST", "END RequestId: \(id)", "\(invocation.report)",
      ])
  }

  @Test("returns the init error that a process posts")
  func initError() async throws {
    let payload = #"{"errorMessage":"ALLOWED_JOB_QUEUES: bad","errorType":"Runtime.BadEnvironment"}"#
    let script = """
      post("init/error", b'\(payload)', {"Lambda-Runtime-Function-Error-Type": "Runtime.BadEnvironment"})
      sys.exit(1)
      """
    let invocation = try #require(try await invocations(of: script).first)
    #expect(
      invocation.functionError == FunctionError(type: "Runtime.BadEnvironment", payload: Array(payload.utf8)))
    #expect(invocation.report.status == .error("Runtime.BadEnvironment"))
  }

  @Test("an init phase that takes too long is a timeout")
  func slowInit() async throws {
    let invocation = try await StandInFunction.withScript("signal.pause()") { configuration in
      var configuration = configuration
      configuration.initTimeout = .seconds(1)
      return try await withLocalFunction(configuration, log: { _ in }) { try await $0.invoke(event: event) }
    }
    #expect(invocation.functionError?.type == "Sandbox.Timedout")
    #expect(invocation.report.status == .timeout)
  }

  @Test("reports that there is nothing to run", arguments: [126, 127])
  func notBuilt(status: Int32) async throws {
    await #expect(throws: LocalFunctionError.notBuilt(status: status)) {
      try await invocations(of: "sys.exit(\(status))")
    }
  }

  @Test("reports that the bootstrap can't be started")
  func noBootstrap() async throws {
    try await StandInFunction.withScript("") { configuration in
      var configuration = configuration
      configuration.bootstrap += ".missing"
      let error = await #expect(throws: LocalFunctionError.self) {
        try await withLocalFunction(configuration, log: { _ in }) { try await $0.invoke(event: event) }
      }
      #expect(error?.description.hasPrefix("can't start \(configuration.bootstrap): ") == true)
    }
  }

  @Test("accepts an event of 6 MiB, but not a byte more")
  func largeEvent() async throws {
    let limit = 6 * 1024 * 1024
    try await StandInFunction.withScript("event = Event()\nrespond(event, len(event.body))\nEvent()") { configuration in
      try await withLocalFunction(configuration, log: { _ in }) { function in
        let event = [UInt8](repeating: UInt8(ascii: "1"), count: limit)
        let size = try await function.invoke(event: event).response(as: Int.self)
        #expect(size == limit)
        await #expect(throws: LocalFunctionError.eventTooLarge(limit + 1)) {
          try await function.invoke(event: event + event.prefix(1))
        }
      }
    }
  }

  @Test("kills the process of a cancelled invocation")
  func cancellation() async throws {
    let (lines, logged) = AsyncStream.makeStream(of: String.self)
    try await StandInFunction.withScript("Event()\nsignal.pause()") { configuration in
      let invoking = Task {
        try await withLocalFunction(configuration, log: { logged.yield("\($0)") }) { try await $0.invoke(event: event) }
      }
      #expect(await lines.first { _ in true }?.hasPrefix("START ") == true)
      invoking.cancel()
      await #expect(throws: CancellationError.self) { try await invoking.value }
    }
  }
}
