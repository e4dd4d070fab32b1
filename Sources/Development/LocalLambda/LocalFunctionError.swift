/// The error for an event that isn't passed to the function, or a function that can't be started.
package enum LocalFunctionError: Error, Equatable, CustomStringConvertible {
  /// The event has this many bytes, more than Lambda accepts.
  case eventTooLarge(Int)
  /// The limit of invocations at once is reached: Lambda's `TooManyRequestsException`.
  case throttled(limit: Int)
  /// The bootstrap ended with 126 or 127, a shell's status for a missing executable, and has printed its own message.
  case notBuilt(status: Int32)
  /// The bootstrap can't be started.
  case notSpawned(bootstrap: String, reason: String)

  /// One line that says what is wrong.
  package var description: String {
    switch self {
    case .eventTooLarge(let size):
      "the event has \(size) bytes, but Lambda accepts at most \(LocalFunction.maximumEventSize)"
    case .throttled(let limit):
      "throttled: at most \(limit) invocations may run at once; change the limit with ReservedConcurrentExecutions"
    case .notBuilt(let status): "the bootstrap found no function to run (exit status \(status))"
    case .notSpawned(let bootstrap, let reason): "can't start \(bootstrap): \(reason)"
    }
  }

  /// The error for an init phase that ended because there was no function; nil if the function itself ended.
  init?(_ ending: RuntimeAPI.Ending, of bootstrap: String) {
    switch ending {
    case .exited(let status) where status == 126 || status == 127: self = .notBuilt(status: status)
    case .notSpawned(let reason): self = .notSpawned(bootstrap: bootstrap, reason: reason)
    case .exited, .signaled, .initError, .timedOut: return nil
    }
  }
}
