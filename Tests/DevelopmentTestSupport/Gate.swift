internal import Foundation
internal import Synchronization
package import Testing
internal import TestSupport

/// A gate for a stand-in function: `open("gate").close()` in its script blocks until a test opens the gate.
package final class Gate: Sendable {
  private let path: String
  private let descriptor = Mutex<Int32?>(nil)

  /// A closed gate in a function's directory.
  package init(in directory: String) {
    path = directory + "/gate"
    mkfifo(path, 0o600)
  }

  deinit { descriptor.withLock { if let number = $0 { close(number) } } }

  /// Opens the gate for good.
  package func open() {
    // Opening both ends of the pipe doesn't block, and unblocks the reader.
    descriptor.withLock { $0 = Foundation.open(path, O_RDWR) }
  }
}

/// Polls until a condition holds; throws if it doesn't within a minute.
package func until(_ condition: () -> Bool, at location: SourceLocation = #_sourceLocation) async throws {
  let end = ContinuousClock.now + .seconds(60 * TimeFactor.value)
  while !condition() {
    try #require(ContinuousClock.now < end, "the condition doesn't hold", sourceLocation: location)
    try await Task.sleep(for: .milliseconds(5))
  }
}

/// Whether a process exists: it is running, or a zombie that hasn't been reaped.
package func isAlive(_ pid: Int) -> Bool { kill(Int32(pid), 0) == 0 }
