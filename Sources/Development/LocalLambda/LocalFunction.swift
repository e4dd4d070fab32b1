internal import Foundation
internal import Platform

/// A Lambda function on this machine: real processes, each with its own Runtime API.
///
/// Like Lambda, it reuses a process that has responded for the next event, starts another when all are busy, ends one
/// that has been idle for too long, and replaces one that has died or was killed.
package actor LocalFunction {
  /// The largest event that Lambda's Invoke operation accepts, in bytes.
  package static let maximumEventSize = 6 * 1024 * 1024

  /// A process that is waiting for an event, and the task that ends it if none comes.
  private struct Idle {
    let environment: ExecutionEnvironment
    let expiry: Task<Void, Never>
  }

  private let configuration: FunctionConfiguration
  private let log: @Sendable (LambdaLogEntry) -> Void
  private let sleep: @Sendable (Duration) async throws -> Void
  /// The idle processes, longest idle first.
  private var idle: [Idle] = []
  /// The processes that are starting, running an event or being ended.
  private var busy: [ObjectIdentifier: ExecutionEnvironment] = [:]
  /// The number of running invocations.
  private var concurrency = 0
  /// The invocations that continue even if their callers stop waiting.
  private var detached: [UUID: Task<Void, Never>] = [:]
  private var isStopped = false

  /// - Parameter sleep: waits for the idle limit of a process; throws if it is cancelled.
  package init(
    _ configuration: FunctionConfiguration,
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    log: @escaping @Sendable (LambdaLogEntry) -> Void
  ) {
    self.configuration = configuration
    self.sleep = sleep
    self.log = log
  }

  /// Invokes the function with an event, byte for byte. May be called concurrently.
  ///
  /// The log gets the entries `START`, `END` and `REPORT`. A function error is an outcome, not a throw.
  /// - Throws: `LocalFunctionError` if the event is too large, too many invocations are running or the function can't
  ///   be started at all; `CancellationError` after the process was killed because the task was cancelled.
  package func invoke(event: [UInt8]) async throws -> CompletedInvocation {
    try await invoke(event: event, traceID: TraceID(at: WallClock.system.now))
  }

  /// Invokes the function as part of a trace.
  package func invoke(event: [UInt8], traceID: TraceID) async throws -> CompletedInvocation {
    guard event.count <= Self.maximumEventSize else { throw LocalFunctionError.eventTooLarge(event.count) }
    guard !isStopped else { throw CancellationError() }
    guard concurrency < configuration.maximumConcurrency else {
      throw LocalFunctionError.throttled(limit: configuration.maximumConcurrency)
    }
    concurrency += 1
    defer { concurrency -= 1 }
    let requestID = UUID().uuidString.lowercased()
    let (environment, cold) = try await takeEnvironment()
    do {
      let invocation = try await run(environment, cold: cold, event, requestID, traceID)
      await release(environment)
      return invocation
    } catch {
      await end(environment)
      throw error
    }
  }

  /// Invokes the function, and waits for it until a time limit; nil if the limit passes first.
  ///
  /// As in Lambda, the invocation then continues without its caller, until its own time limit or `stop`.
  package func invoke(
    event: [UInt8], traceID: TraceID, waitingAtMost limit: Duration
  ) async throws -> CompletedInvocation? {
    let (results, result) = AsyncStream.makeStream(of: Result<CompletedInvocation, any Error>?.self)
    let id = UUID()
    detached[id] = Task {
      do {
        result.yield(.success(try await invoke(event: event, traceID: traceID)))
      } catch {
        result.yield(.failure(error))
      }
      detached[id] = nil
    }
    let timer = Task {
      try await Task.sleep(for: limit, tolerance: .zero)
      result.yield(nil)
    }
    defer { timer.cancel() }
    for await first in results { return try first?.get() }
    throw CancellationError()
  }

  /// Kills every process, as a crash would: running invocations end with a function error, and later ones get new
  /// processes.
  package func crash() {
    for environment in idle.map(\.environment) + busy.values { environment.crash() }
  }

  /// Kills every process and waits for all of them to end. Running invocations end with `CancellationError`.
  package func stop() async {
    isStopped = true
    let environments = idle.map(\.environment) + busy.values
    for idle in idle { idle.expiry.cancel() }
    idle = []
    await withTaskGroup { group in
      for environment in environments { group.addTask { await environment.stop() } }
    }
    for task in detached.values { await task.value }
  }
}

// MARK: The processes

extension LocalFunction {
  /// Reserves the most recently used idle process, or else a new one, for one invocation.
  private func takeEnvironment() async throws -> (ExecutionEnvironment, cold: Bool) {
    while let last = idle.popLast() {
      last.expiry.cancel()
      busy[ObjectIdentifier(last.environment)] = last.environment
      if await last.environment.isIdle { return (last.environment, cold: false) }
      await end(last.environment)
    }
    guard !isStopped else { throw CancellationError() }
    let environment = ExecutionEnvironment(configuration)
    busy[ObjectIdentifier(environment)] = environment
    return (environment, cold: true)
  }

  /// Returns a process that has responded to the idle ones, or ends it if it isn't waiting for an event.
  private func release(_ environment: ExecutionEnvironment) async {
    let isIdle = await environment.isIdle
    if isIdle, !isStopped {
      busy[ObjectIdentifier(environment)] = nil
      let expiry = Task {
        do { try await sleep(configuration.idleTimeout) } catch { return }
        await expire(environment)
      }
      idle.append(Idle(environment: environment, expiry: expiry))
    } else {
      await end(environment)
    }
  }

  /// Ends a process that has been idle for too long, unless an invocation has taken it in the meantime.
  private func expire(_ environment: ExecutionEnvironment) async {
    // Taking the process cancels this task. The process may be in the list, idle again, by now.
    guard !Task.isCancelled, let index = idle.firstIndex(where: { $0.environment === environment }) else { return }
    idle.remove(at: index)
    busy[ObjectIdentifier(environment)] = environment
    await end(environment)
  }

  private func end(_ environment: ExecutionEnvironment) async {
    await environment.stop()
    busy[ObjectIdentifier(environment)] = nil
  }

  /// Runs one invocation in a process reserved for it.
  private func run(
    _ environment: ExecutionEnvironment, cold: Bool, _ event: [UInt8], _ requestID: String, _ traceID: TraceID
  ) async throws -> CompletedInvocation {
    let (initDuration, initEnding) = try await environment.initialize()
    guard !isStopped else { throw CancellationError() }
    if let error = initEnding.flatMap({ LocalFunctionError($0, of: configuration.bootstrap) }) { throw error }
    log(.start(requestID: requestID))
    var (completion, maxMemoryUsed) = (
      RuntimeAPI.Completion(outcome: nil, duration: .zero, ending: initEnding), Int?.none
    )
    if initEnding == nil {
      (completion, maxMemoryUsed) = try await environment.run(event, requestID: requestID, traceID: traceID)
      guard !isStopped else { throw CancellationError() }
    }
    let ending = completion.ending ?? .exited(0)
    let error = ending.error(requestID: requestID, after: initEnding == nil ? completion.duration : initDuration)
    let invocation = CompletedInvocation(
      requestID: requestID,
      outcome: completion.outcome ?? .functionError(error),
      report: InvocationReport(
        requestID: requestID, duration: completion.duration, initDuration: cold ? initDuration : nil,
        memorySize: configuration.memorySize, maxMemoryUsed: maxMemoryUsed,
        status: completion.outcome != nil ? nil : ending == .timedOut ? .timeout : .error(error.type)))
    log(.end(requestID: requestID))
    log(.report(invocation.report))
    return invocation
  }
}

/// Runs `body` with a function, then kills the function's processes.
///
/// The function's own output goes to standard error unchanged; `log` receives Lambda's entries.
package func withLocalFunction<Value: Sendable>(
  _ configuration: FunctionConfiguration,
  log: @escaping @Sendable (LambdaLogEntry) -> Void,
  _ body: @Sendable (LocalFunction) async throws -> Value
) async throws -> Value {
  let function = LocalFunction(configuration, log: log)
  do {
    let value = try await body(function)
    await function.stop()
    return value
  } catch {
    await function.stop()
    throw error
  }
}
