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
