internal import Synchronization

/// What the connections of a server share: its configuration, and how many of them there are.
final class Clients: Sendable {
  let configuration: LocalServerConfiguration
  private let connections = Atomic(0)
  private let requests = Atomic(0)

  init(_ configuration: LocalServerConfiguration) {
    self.configuration = configuration
  }

  /// Counts a connection, unless there are too many. `removeConnection` must follow if it was counted.
  func addConnection() -> Bool { Self.add(connections, limit: configuration.limits.connections) }

  func removeConnection() { connections.subtract(1, ordering: .relaxed) }

  /// Counts a request, unless there are too many. `removeRequest` must follow if it was counted.
  func addRequest() -> Bool { Self.add(requests, limit: configuration.limits.requests) }

  func removeRequest() { requests.subtract(1, ordering: .relaxed) }

  private static func add(_ count: borrowing Atomic<Int>, limit: Int) -> Bool {
    if count.add(1, ordering: .relaxed).newValue <= limit { return true }
    count.subtract(1, ordering: .relaxed)
    return false
  }
}
