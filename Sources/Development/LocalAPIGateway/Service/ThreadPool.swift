internal import Foundation

/// Threads for blocking work: at most a fixed number, each of which ends after 10 s without work.
///
/// Work for which there is no thread waits, first come, first served. The pools of Swift and Dispatch aren't for work
/// that blocks: they have a thread for each core, and add others slowly or never.
final class ThreadPool: @unchecked Sendable {
  /// The largest number of threads.
  let maximum: Int

  /// Guards the variables below.
  private let condition = NSCondition()
  private var waiting: [@Sendable () -> Void] = []
  private var count = 0
  private var idleCount = 0

  init(maximum: Int) {
    self.maximum = maximum
  }

  /// The pieces of work that wait for a thread.
  var waitingCount: Int { condition.withLock { waiting.count } }

  /// Runs work on a thread, and returns immediately.
  func run(_ work: @escaping @Sendable () -> Void) {
    condition.withLock {
      waiting.append(work)
      if waiting.count <= idleCount {
        condition.signal()
      } else if count < maximum {
        count += 1
        Thread.detachNewThread { self.work() }
      }
    }
  }

  /// Does the work of one thread.
  private func work() {
    condition.lock()
    defer { condition.unlock() }
    while true {
      if !waiting.isEmpty {
        let next = waiting.removeFirst()
        condition.unlock()
        next()
        condition.lock()
        continue
      }
      idleCount += 1
      let isSignalled = condition.wait(until: Date(timeIntervalSinceNow: 10))
      idleCount -= 1
      if !isSignalled, waiting.isEmpty {
        count -= 1
        return
      }
    }
  }
}
