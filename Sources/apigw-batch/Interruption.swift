internal import ArgumentParser
internal import Dispatch
internal import Foundation

/// Ctrl-C, or a request to terminate, turned from a sudden death into something to wait for.
struct Interruption: Sendable {
  private let signals: AsyncStream<Void>
  /// Kept for as long as signals are to be seen, and never touched again.
  private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

  /// Takes over SIGINT and SIGTERM for the rest of the process.
  init() {
    let (signals, received) = AsyncStream.makeStream(of: Void.self)
    self.signals = signals
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { received.yield() }
      source.activate()
      return source
    }
  }

  /// Returns at the first of them, or when the task is cancelled.
  func wait() async {
    for await _ in signals { return }
  }
}

/// Runs `body`, and cancels it at an interruption, so that no process of the function outlives the command.
func untilInterrupted(_ body: @escaping @Sendable () async throws -> InvokeStatus) async throws -> InvokeStatus {
  let interruption = Interruption()
  return try await withThrowingTaskGroup(of: InvokeStatus?.self) { group in
    group.addTask { try await body() }
    group.addTask {
      await interruption.wait()
      return nil
    }
    let first = try await group.next()
    group.cancelAll()
    guard let status = first ?? nil else { throw ExitCode(130) }
    return status
  }
}
