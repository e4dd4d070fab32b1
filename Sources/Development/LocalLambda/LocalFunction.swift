internal import Foundation
internal import Platform

/// A Lambda function on this machine: real processes of it, each with the real Runtime API.
///
/// As Lambda does, it keeps a process that has answered for the next event, starts another when all are busy, ends one
/// that has waited too long, and starts anew after one has died or was killed.
package actor LocalFunction {
  /// The largest event that Lambda's Invoke operation takes, in bytes.
  package static let maximumEventSize = 6 * 1024 * 1024

  /// A process that waits for an event, and the task that ends it when none comes.
  private struct Idle {
    let environment: ExecutionEnvironment
    let expiry: Task<Void, Never>
  }

  private let configuration: FunctionConfiguration
  private let log: @Sendable (LambdaLogEntry) -> Void
  private let sleep: @Sendable (Duration) async throws -> Void
  /// The processes that wait, the one that has waited longest first.
  private var idle: [Idle] = []
  /// The processes that start, have an event or are being ended.
  private var busy: [ObjectIdentifier: ExecutionEnvironment] = [:]
  /// How many invocations run.
  private var concurrency = 0
  /// The invocations that go on whether or not their callers wait.
  private var detached: [UUID: Task<Void, Never>] = [:]
  private var isStopped = false

  /// - Parameter sleep: waits until a process has been idle for long enough; throws when it is cancelled.
  package init(
    _ configuration: FunctionConfiguration,
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    log: @escaping @Sendable (LambdaLogEntry) -> Void
  ) {
    self.configuration = configuration
    self.sleep = sleep
    self.log = log
  }

  /// Invokes the function with an event, whose bytes reach it as they are; may be called concurrently.
  ///
  /// The log gets the entries `START`, `END` and `REPORT`. A function error is an outcome, not a throw.
  /// - Throws: `LocalFunctionError` when the event is too large, too many invocations run or the function can't be
  ///   started at all, and `CancellationError`, with the process killed.
  package func invoke(event: [UInt8]) async throws -> CompletedInvocation {
    try await invoke(event: event, traceID: TraceID(at: WallClock.system.now))
  }

  /// Invokes the function as a part of a trace.
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

  /// Invokes the function, and waits no longer than a time limit for it; nil when that has passed first.
  ///
  /// The invocation goes on when nobody waits for it any more, as in Lambda: until its own time limit or `stop`.
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

  /// Kills every process, and returns when all have gone; invocations that run end with `CancellationError`.
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
  /// The process that has waited shortest, or a new one, out of all others' reach.
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

  /// Puts a process that has answered among those that wait, or ends it when it doesn't wait.
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

  /// Ends a process that has waited for too long, unless it has been taken meanwhile.
  private func expire(_ environment: ExecutionEnvironment) async {
    // Whoever takes the process cancels this first, and the process may wait again by now.
    guard !Task.isCancelled, let index = idle.firstIndex(where: { $0.environment === environment }) else { return }
    idle.remove(at: index)
    busy[ObjectIdentifier(environment)] = environment
    await end(environment)
  }

  private func end(_ environment: ExecutionEnvironment) async {
    await environment.stop()
    busy[ObjectIdentifier(environment)] = nil
  }

  /// Runs one invocation in a process that nobody else has.
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

/// Runs `body` with a function, and kills the function's processes when it is done.
///
/// The function's own output goes to standard error as it comes; `log` gets Lambda's entries.
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
