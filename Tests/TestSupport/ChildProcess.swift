internal import Foundation
internal import Glibc

/// A process with exactly the given environment, whose output goes to private files.
///
/// It uses `posix_spawn`, because tests start many processes at once and some pass on an open socket.
package final class ChildProcess: Sendable {
  private struct State {
    var status: Int?
  }

  /// The process id.
  package let pid: Int32
  private let state = Monitor(State())
  private let output: OutputFile
  private let errors: OutputFile

  /// Starts an executable; `descriptors` maps open files to their numbers in the process.
  package init(
    _ executable: String, _ arguments: [String] = [], environment: [String: String], descriptors: [Int32: Int32] = [:],
    ended: @escaping @Sendable () -> Void = {}
  ) throws {
    output = try OutputFile()
    errors = try OutputFile()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.descriptor, 1)
    posix_spawn_file_actions_adddup2(&actions, errors.descriptor, 2)
    for (ours, theirs) in descriptors { posix_spawn_file_actions_adddup2(&actions, ours, theirs) }
    // Otherwise a connection of another test, inherited by this process, would stay open after that test closes it.
    for number in (descriptors.values.max() ?? 2) + 1..<1024 { posix_spawn_file_actions_addclose(&actions, number) }
    let variables = environment.map { "\($0)=\($1)" }
    let pid = try Self.withCStrings([executable] + arguments) { arguments in
      try Self.withCStrings(variables) { variables in
        var pid: pid_t = 0
        let code = posix_spawn(&pid, executable, &actions, nil, arguments, variables)
        guard code == 0 else { throw TestFailure.system("start \(executable)", code: code) }
        return pid
      }
    }
    self.pid = pid
    Thread.detachNewThread { [state] in
      var information = siginfo_t()
      while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) != 0 && errno == EINTR {}
      state.withLock { state in
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        state.status = Int(status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f))
      }
      ended()
    }
  }

  deinit { kill() }

  /// The exit status, or 128 plus the signal that killed the process; nil while it runs.
  package var exitStatus: Int? { state.withLock { $0.status } }
  /// Its standard output so far.
  package var standardOutput: String { output.text }
  /// Its standard error so far.
  package var standardError: String { errors.text }

  /// Waits for the process to end and returns its status; nil if it still runs after the time limit.
  package func waitForExit(seconds: Double) -> Int? {
    state.wait(seconds: seconds) { $0.status }
  }

  /// Kills the process if it still runs.
  package func kill() {
    state.withLock { state in
      if state.status == nil { _ = Glibc.kill(pid, SIGKILL) }
    }
  }

  private static func withCStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) throws -> Result
  ) rethrows -> Result {
    let copies = strings.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    return try body(copies + [nil])
  }
}

/// An unnamed file that receives a process's output.
private final class OutputFile: Sendable {
  let descriptor: Int32

  init() throws {
    var name = Array("/tmp/test-output-XXXXXX".utf8CString)
    descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw TestFailure.system("make a temporary file") }
    unlink(name)
  }

  deinit { close(descriptor) }

  var text: String {
    var status = stat()
    fstat(descriptor, &status)
    let size = Int(status.st_size)
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = max(0, pread(descriptor, buffer.baseAddress, size, 0))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
