internal import Foundation
internal import Synchronization

/// The peak resident memory of a process that lives, as Linux counts it (`VmHWM` in proc(5)).
final class PeakMemory: Sendable {
  private let process = Mutex<Int32?>(nil)

  /// The process to read; nil before it was started.
  var processIdentifier: Int32? {
    get { process.withLock { $0 } }
    set { process.withLock { $0 = newValue } }
  }

  /// The peak in MB, rounded up; nil when the process has ended, or on a system without /proc.
  func megabytes() -> Int? {
    guard
      let processIdentifier,
      let status = try? String(contentsOfFile: "/proc/\(processIdentifier)/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
    else { return nil }
    return (kilobytes + 1023) / 1024
  }
}
