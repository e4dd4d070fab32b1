internal import Dispatch
internal import Foundation

/// Turns SIGINT (Ctrl-C) and SIGTERM into an event that can be awaited.
struct Interruption: Sendable {
  private let signals: AsyncStream<Void>
  /// Retained while signals are handled.
  private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

  /// Handles SIGINT and SIGTERM until `end`.
  init() {
    let (signals, received) = AsyncStream.makeStream(of: Void.self)
    self.signals = signals
    let registered = DispatchSemaphore(value: 0)
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { received.yield() }
      source.setRegistrationHandler { registered.signal() }
      source.activate()
      return source
    }
    // Until then, a signal would be ignored for good.
    for _ in sources { registered.wait() }
  }

  /// Restores the default handling of both signals.
  func end() {
    for source in sources { source.cancel() }
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
  }

  /// Returns at the first signal, or when the task is cancelled.
  func wait() async {
    for await _ in signals { return }
  }
}

/// Runs `body`, and cancels it at an interruption, so that no process of the function outlives the command.
///
/// A cancelled `body` returns what it has so far, or throws. Afterwards, signals end the command immediately again.
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
