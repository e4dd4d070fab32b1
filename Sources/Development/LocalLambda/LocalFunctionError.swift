/// An event that isn't given to a function, or a function that can't be started.
package enum LocalFunctionError: Error, Equatable, CustomStringConvertible {
  /// The event has this many bytes, more than Lambda takes.
  case eventTooLarge(Int)
  /// So many invocations run already, and no more may: Lambda's `TooManyRequestsException`.
  case throttled(limit: Int)
  /// The bootstrap ended with 126 or 127, the shell's way to say that there is nothing to run; it has said so itself.
  case notBuilt(status: Int32)
  /// The bootstrap can't be started.
  case notSpawned(bootstrap: String, reason: String)

  /// One line about what is wrong.
  package var description: String {
    switch self {
    case .eventTooLarge(let size):
      "the event has \(size) bytes, and Lambda takes \(LocalFunction.maximumEventSize) at most"
    case .throttled(let limit):
      "throttled: \(limit) invocations at once are the limit; set ReservedConcurrentExecutions for another one"
    case .notBuilt(let status): "the bootstrap found no function to run (exit status \(status))"
    case .notSpawned(let bootstrap, let reason): "can't start \(bootstrap): \(reason)"
    }
  }

  /// The ending of an init phase, when there was no function at all; nil when the function ended by itself.
  init?(_ ending: RuntimeAPI.Ending, of bootstrap: String) {
    switch ending {
    case .exited(let status) where status == 126 || status == 127: self = .notBuilt(status: status)
    case .notSpawned(let reason): self = .notSpawned(bootstrap: bootstrap, reason: reason)
    case .exited, .signaled, .initError, .timedOut: return nil
    }
  }
}
