/// The invocations that the loops of a process handle now, and the latest results, for events that are delivered again.
///
/// Lambda delivers the same event with the same request id again if it hasn't received the response. The same id with a
/// different event is a new request.
final class RecentInvocations: Sendable {
  private struct State {
    var kept: [(invocation: Invocation, result: InvocationResult)] = []
    /// The total size of the kept events, in bytes.
    var size = 0
    var inFlight: [Invocation] = []
    var isDraining = false
  }

  /// The number of invocations that are kept for each loop.
  private static let capacity = 8
  /// The total size of the events that are kept for each loop, in bytes; the last event is kept whatever its size.
  private static let maximumSize = 1 << 20

  /// The number of loops.
  let loops: Int
  private let monitor = Monitor(State())

  /// Nothing yet, of a process with this many loops.
  init(loops: Int) {
    self.loops = loops
  }

  /// Begins an invocation, and returns its result if it is not new.
  ///
  /// If another loop handles an earlier delivery of it, this waits for that one's end.
  func begin(_ invocation: Invocation) -> InvocationResult? {
    monitor.wait(until: { !$0.inFlight.contains { $0.isSame(as: invocation) } }) { state in
      state.inFlight.append(invocation)
      return state.kept.last { $0.invocation.isSame(as: invocation) }?.result
    }
  }

  /// Ends an invocation, and keeps its result if it was new.
  func end(_ invocation: Invocation, keeping result: InvocationResult?) {
    monitor.withLock { state in
      state.inFlight.removeAll { $0.isSame(as: invocation) }
      guard let result else { return }
      state.kept.append((invocation, result))
      state.size += invocation.event.count
      while state.kept.count > Self.capacity * loops || (state.kept.count > 1 && state.size > Self.maximumSize * loops)
      {
        state.size -= state.kept.removeFirst().invocation.event.count
      }
    }
  }

  /// Whether a loop has failed, and the process is about to end.
  var isDraining: Bool { monitor.withLock(\.isDraining) }

  /// Keeps the loops from asking for further invocations; returns false if another loop has done so.
  func startDraining() -> Bool {
    monitor.withLock { state in
      defer { state.isDraining = true }
      return !state.isDraining
    }
  }

  /// Waits until no invocation is in flight.
  func drain() {
    monitor.wait(until: \.inFlight.isEmpty) { _ in }
  }

  /// Waits for the end of the process.
  func waitForExit() -> Never {
    while true { monitor.wait(until: { _ in false }) { _ in } }
  }
}

extension Invocation {
  /// Whether this is the same event for the same request.
  fileprivate func isSame(as other: Invocation) -> Bool {
    requestID == other.requestID && event == other.event
  }
}
