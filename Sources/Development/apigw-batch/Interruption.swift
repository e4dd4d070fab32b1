internal import Dispatch
internal import Foundation

/// Ctrl-C, or a request to terminate, turned from a sudden death into something to wait for.
struct Interruption: Sendable {
  private let signals: AsyncStream<Void>
  /// Kept for as long as signals are to be seen.
  private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

  /// Takes over SIGINT and SIGTERM, until `end`.
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

  /// Gives both signals back.
  func end() {
    for source in sources { source.cancel() }
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
  }

  /// Returns at the first of them, or when the task is cancelled.
  func wait() async {
    for await _ in signals { return }
  }
}

/// Runs `body`, and cancels it at an interruption, so that no process of the function outlives the command; `body` ends
/// with what it has by then, or throws. After it, an interruption is a sudden death again.
func untilInterrupted<Value: Sendable>(
  _ body: @escaping @Sendable () async throws -> Value
) async -> (result: Result<Value, any Error>, wasInterrupted: Bool) {
  let interruption = Interruption()
  let work = Task { try await body() }
  let watch = Task {
    await interruption.wait()
    if !Task.isCancelled { work.cancel() }
  }
  let result = await work.result
  watch.cancel()
  interruption.end()
  return (result, work.isCancelled)
}
