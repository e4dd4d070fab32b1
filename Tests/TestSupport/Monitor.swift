internal import Foundation

/// State that threads share, and a bounded wait for it to become what a test needs: no test sleeps for luck.
package final class Monitor<State>: @unchecked Sendable {
  private let condition = NSCondition()
  private var state: State

  /// A monitor of this first state.
  package init(_ state: State) {
    self.state = state
  }

  /// Reads or changes the state alone, and wakes those who wait for it.
  package func withLock<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
    condition.lock()
    defer {
      condition.broadcast()
      condition.unlock()
    }
    return try body(&state)
  }

  /// Waits until the body gives a value; nil when these seconds are over without one.
  package func wait<Result>(seconds: Double, until body: (inout State) -> Result?) -> Result? {
    let limit = Date(timeIntervalSinceNow: seconds)
    condition.lock()
    defer { condition.unlock() }
    while true {
      if let result = body(&state) { return result }
      if !condition.wait(until: limit) { return body(&state) }
    }
  }
}
