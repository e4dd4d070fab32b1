internal import ArgumentParser
internal import Dispatch
internal import Foundation

/// Runs `body`, and cancels it on Ctrl-C, SIGTERM or SIGHUP, so that no process of the function outlives the command.
/// - Throws: `ExitCode`, 128 plus the signal's number, when it was cancelled so; else what `body` throws.
func cancellingOnSignals<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
  let task = Task(operation: body)
  let (signals, received) = AsyncStream.makeStream(of: Int32.self)
  let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number)
    source.setEventHandler {
      received.yield(number)
      task.cancel()
    }
    source.resume()
    return source
  }
  defer { for source in sources { source.cancel() } }
  let result = await task.result
  received.finish()
  if let number = await signals.first(where: { _ in true }) { throw ExitCode(128 + number) }
  return try result.get()
}
