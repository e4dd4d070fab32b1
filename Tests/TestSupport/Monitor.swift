internal import Foundation

/// State shared by threads, with a bounded wait for a condition, so that no test depends on a sleep.
package final class Monitor<State>: @unchecked Sendable {
  private let condition = NSCondition()
  private var state: State

  /// A monitor with this initial state.
  package init(_ state: State) {
    self.state = state
  }

  /// Reads or changes the state exclusively, and wakes the threads that wait for it.
  package func withLock<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
    condition.lock()
    defer {
      condition.broadcast()
      condition.unlock()
    }
    return try body(&state)
  }

  /// Waits until the body returns a value; nil if it doesn't within the time limit, which `TimeFactor` scales.
  package func wait<Result>(seconds: Double, until body: (inout State) -> Result?) -> Result? {
    let limit = Date(timeIntervalSinceNow: seconds * TimeFactor.value)
    condition.lock()
    defer { condition.unlock() }
    while true {
      if let result = body(&state) { return result }
      if !condition.wait(until: limit) { return body(&state) }
    }
  }
}
