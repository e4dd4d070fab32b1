internal import Foundation
internal import Platform

/// A Lambda function on this machine: real processes of it, each with the real Runtime API.
///
/// As Lambda does, it keeps a process that has answered for the next event, starts another when all are busy, and
/// starts anew after one has died or was killed.
public actor LocalFunction {
  /// The largest event that Lambda's Invoke operation takes, in bytes.
  public static let maximumEventSize = 6 * 1024 * 1024

  private let configuration: FunctionConfiguration
  private let log: @Sendable (String) -> Void
  private var idle: [ExecutionEnvironment] = []

  init(_ configuration: FunctionConfiguration, log: @escaping @Sendable (String) -> Void) {
    self.configuration = configuration
    self.log = log
  }

  /// Invokes the function with an event, whose bytes reach it as they are; may be called concurrently.
  ///
  /// The log gets Lambda's lines `START`, `END` and `REPORT`. A function error is an outcome, not a throw.
  /// - Throws: `LocalFunctionError` when the event is too large or the function can't be started at all, and
  ///   `CancellationError`, with the process killed.
  public func invoke(event: [UInt8]) async throws -> CompletedInvocation {
    guard event.count <= Self.maximumEventSize else { throw LocalFunctionError.eventTooLarge(event.count) }
    let requestID = UUID().uuidString.lowercased()
    let (environment, cold) = await idleEnvironment()
    do {
      let invocation = try await invoke(environment, cold: cold, event: event, requestID: requestID)
      if await environment.isIdle { idle.append(environment) } else { await environment.stop() }
      return invocation
    } catch {
      await environment.stop()
      throw error
    }
  }

  /// Kills the processes that wait for an event.
  func stop() async {
    let environments = idle
    idle = []
    for environment in environments { await environment.stop() }
  }

  /// A process that waits for an event, or a new one.
  private func idleEnvironment() async -> (ExecutionEnvironment, cold: Bool) {
    while let environment = idle.popLast() {
      if await environment.isIdle { return (environment, cold: false) }
      await environment.stop()
    }
    return (ExecutionEnvironment(configuration), cold: true)
  }

  private func invoke(
    _ environment: ExecutionEnvironment, cold: Bool, event: [UInt8], requestID: String
  ) async throws -> CompletedInvocation {
    let (initDuration, initEnding) = try await environment.initialize()
    if let error = initEnding.flatMap({ LocalFunctionError($0, of: configuration.bootstrap) }) { throw error }
    log("START RequestId: \(requestID) Version: $LATEST")
    var (completion, maxMemoryUsed) = (
      RuntimeAPI.Completion(outcome: nil, duration: .zero, ending: initEnding), Int?.none
    )
    if initEnding == nil {
      (completion, maxMemoryUsed) = try await environment.run(event, requestID: requestID)
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
    log("END RequestId: \(requestID)")
    log("\(invocation.report)")
    return invocation
  }
}

/// Runs `body` with a function, and kills the function's processes when it is done.
///
/// The function's own output goes to standard error as it comes; `log` gets Lambda's lines.
public func withLocalFunction<Value: Sendable>(
  _ configuration: FunctionConfiguration,
  log: @escaping @Sendable (String) -> Void,
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
