internal import Foundation
internal import LocalServer
internal import Platform
internal import Subprocess
internal import Synchronization
internal import SystemPackage

/// An execution environment in Lambda's sense: one process of a function, and the Runtime API that serves it.
///
/// It runs one invocation at a time.
final class ExecutionEnvironment: Sendable {
  private let configuration: FunctionConfiguration
  private let runtime: RuntimeAPI
  private let memory: PeakMemory
  private let process: Task<Void, Never>

  /// Starts the process.
  init(_ configuration: FunctionConfiguration) {
    let (runtime, memory) = (RuntimeAPI(), PeakMemory())
    self.configuration = configuration
    self.runtime = runtime
    self.memory = memory
    self.process = Task { await Self.run(configuration, runtime, memory) }
  }

  /// Kills the process and waits for it to end.
  func stop() async {
    process.cancel()
    await process.value
  }

  /// Kills the process, which ends as if it had crashed.
  func crash() {
    // The whole group: the bootstrap may have started the function as a process of its own.
    if let processIdentifier = memory.processIdentifier { kill(-processIdentifier, SIGKILL) }
  }

  /// Whether the process is waiting for an event.
  var isIdle: Bool { get async { await runtime.isIdle } }

  /// Waits for the init phase, from starting the process to its first `/next`, within the configured time limit.
  func initialize() async throws -> (duration: Duration, ending: RuntimeAPI.Ending?) {
    try await limited(to: configuration.initTimeout) { await self.runtime.initialize() }
  }

  /// Runs one event within the configured time limit. Also returns the peak memory afterwards, in MB.
  func run(
    _ payload: [UInt8], requestID: String, traceID: TraceID
  ) async throws -> (RuntimeAPI.Completion, maxMemoryUsed: Int?) {
    let event = RuntimeAPI.Event(
      requestID: requestID,
      invocationID: UUID().uuidString.lowercased(),
      deadline: WallClock.system.now + configuration.timeout,
      functionARN: configuration.arn,
      traceID: traceID.invocation,
      payload: payload)
    let completion = try await limited(to: configuration.timeout) { await self.runtime.run(event) }
    return (completion, memory.megabytes())
  }

  /// Ends a wait for the process at the time limit, or when the task is cancelled.
  private func limited<Value: Sendable>(
    to timeout: Duration, _ wait: @Sendable () async -> Value
  ) async throws -> Value {
    let runtime = runtime
    let timer = Task {
      try await Task.sleep(for: timeout, tolerance: .zero)
      await runtime.timeOut()
    }
    defer { timer.cancel() }
    let value = await withTaskCancellationHandler {
      await wait()
    } onCancel: {
      process.cancel()
    }
    try Task.checkCancellation()
    return value
  }

  /// The only client is the process itself: it may think about an event for as long as the function's timeout, and it
  /// is given an IPv4 address.
  private static let serverConfiguration: LocalServerConfiguration = {
    var configuration = LocalServerConfiguration()
    configuration.limits = .patient
    configuration.servesIPv6 = false
    return configuration
  }()

  /// Serves the Runtime API while the process runs, then tells it how the process ended.
  private static func run(_ configuration: FunctionConfiguration, _ runtime: RuntimeAPI, _ memory: PeakMemory) async {
    do {
      try await withLocalServer(runtime, configuration: serverConfiguration) { port in
        // Reported while the server is still running, because the server stops only when no `/next` is waiting.
        await runtime.end(spawn(configuration, port: port, runtime, memory))
      }
    } catch {
      await runtime.end(.notSpawned("\(error)"))
    }
  }

  /// Runs the process to its end, and returns how it ended.
  private static func spawn(
    _ configuration: FunctionConfiguration, port: Int, _ runtime: RuntimeAPI, _ memory: PeakMemory
  ) async -> RuntimeAPI.Ending {
    var options = PlatformOptions()
    // The process gets its own process group, which is killed as a whole, because Lambda leaves nothing behind either.
    options.processGroupID = 0
    options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))]
    let variables: [Subprocess.Environment.Key: String] =
      configuration.environment(runtimeAPI: "127.0.0.1:\(port)").reduce(into: [:]) { variables, variable in
        if let name = Subprocess.Environment.Key(rawValue: variable.key) { variables[name] = variable.value }
      }
    await runtime.willSpawn()
    defer { memory.processIdentifier = nil }
    do {
      let result = try await Subprocess.run(
        .path(FilePath(configuration.bootstrap)),
        environment: .custom(variables),
        workingDirectory: FilePath(configuration.taskRoot),
        platformOptions: options,
        input: .none, output: .currentStandardError, error: .currentStandardError
      ) { memory.processIdentifier = $0.processIdentifier.value }
      switch result.terminationStatus {
      case .exited(let status): return .exited(status)
      case .signaled(let signal): return .signaled(signal)
      }
    } catch {
      return .notSpawned("\(error)")
    }
  }
}

/// Reads the peak resident memory of a live process, as counted by Linux (`VmHWM` in proc(5)).
final class PeakMemory: Sendable {
  private let process = Mutex<Int32?>(nil)

  /// The process to read; nil before it is started.
  var processIdentifier: Int32? {
    get { process.withLock { $0 } }
    set { process.withLock { $0 = newValue } }
  }

  /// The peak in MB, rounded up; nil if the process has ended, or on a system without /proc.
  func megabytes() -> Int? {
    guard let processIdentifier, let status = FileManager.default.contents(atPath: "/proc/\(processIdentifier)/status"),
      // Parsed as bytes for speed, because it is read after every invocation.
      let label = status.range(of: Data("VmHWM:".utf8)),
      let kilobytes = Int(
        String(
          decoding: status[label.upperBound...].drop { $0 == 0x20 || $0 == 0x09 }.prefix { 0x30...0x39 ~= $0 },
          as: UTF8.self))
    else { return nil }
    return (kilobytes + 1023) / 1024
  }
}
