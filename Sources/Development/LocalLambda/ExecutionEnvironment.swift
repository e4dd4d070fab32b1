internal import Foundation
internal import LocalServer
internal import Platform
internal import Subprocess
internal import SystemPackage

/// One execution environment of a function, in Lambda's words: a process of it, and the Runtime API that serves it.
///
/// It takes one invocation at a time.
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

  /// Kills the process, and returns when it has gone.
  func stop() async {
    process.cancel()
    await process.value
  }

  /// Whether the process waits for an event.
  var isIdle: Bool { get async { await runtime.isIdle } }

  /// The init phase: from starting the process to its first `/next`, within the configuration's limit.
  func initialize() async throws -> (duration: Duration, ending: RuntimeAPI.Ending?) {
    try await limited(to: configuration.initTimeout) { await self.runtime.initialize() }
  }

  /// The invoke phase: one event, within the configuration's time limit, and the peak memory in MB after it.
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

  /// Ends a wait for the process when the time has passed, or when the task is cancelled.
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

  /// Serves the Runtime API, runs the process to its end, and tells the Runtime API how it ended.
  private static func run(_ configuration: FunctionConfiguration, _ runtime: RuntimeAPI, _ memory: PeakMemory) async {
    do {
      try await withLocalServer(runtime.router()) { port in
        // Told while the server still runs: it stops only when no `/next` waits any more.
        await runtime.end(spawn(configuration, port: port, runtime, memory))
      }
    } catch {
      await runtime.end(.notSpawned("\(error)"))
    }
  }

  /// Runs the process to its end, and says how it ended.
  private static func spawn(
    _ configuration: FunctionConfiguration, port: Int, _ runtime: RuntimeAPI, _ memory: PeakMemory
  ) async -> RuntimeAPI.Ending {
    var options = PlatformOptions()
    // A process group of its own, killed as a whole: Lambda, too, leaves nothing of an environment behind.
    options.processGroupID = 0
    options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))]
    let variables: [Subprocess.Environment.Key: String] =
      configuration.environment(runtimeAPI: "127.0.0.1:\(port)").reduce(into: [:]) { variables, variable in
        if let name = Subprocess.Environment.Key(rawValue: variable.key) { variables[name] = variable.value }
      }
    await runtime.willSpawn()
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
