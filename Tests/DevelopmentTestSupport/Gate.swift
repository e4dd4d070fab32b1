internal import Foundation
internal import Synchronization
package import Testing
internal import TestSupport

/// What a stand-in function waits at: `open("gate").close()` in its script returns only when a test has opened it.
package final class Gate: Sendable {
  private let path: String
  private let descriptor = Mutex<Int32?>(nil)

  /// A closed gate in a function's directory.
  package init(in directory: String) {
    path = directory + "/gate"
    mkfifo(path, 0o600)
  }

  deinit { descriptor.withLock { if let number = $0 { close(number) } } }

  /// Lets everybody through, now and from now on.
  package func open() {
    // Both ends of a pipe at once: it opens without another, and opens the other.
    descriptor.withLock { $0 = Foundation.open(path, O_RDWR) }
  }
}

/// Waits until something holds that can't be waited for otherwise; throws when it doesn't hold within a minute.
package func until(_ condition: () -> Bool, at location: SourceLocation = #_sourceLocation) async throws {
  let end = ContinuousClock.now + .seconds(60 * TimeFactor.value)
  while !condition() {
    try #require(ContinuousClock.now < end, "what is waited for doesn't come", sourceLocation: location)
    try await Task.sleep(for: .milliseconds(5))
  }
}

/// Whether a process is alive, or a zombie that nobody has waited for.
package func isAlive(_ pid: Int) -> Bool { kill(Int32(pid), 0) == 0 }
