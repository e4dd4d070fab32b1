internal import Foundation

/// Threads for tests that block. They are few, so that concurrent tests neither starve Swift's thread pool nor delay
/// each other past the deadlines they measure.
private let threads: OperationQueue = {
  let queue = OperationQueue()
  queue.maxConcurrentOperationCount = 4
  return queue
}()

/// Runs blocking work outside Swift's thread pool.
package func offPool<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    threads.addOperation { continuation.resume(with: Swift.Result { try work() }) }
  }
}
