internal import Foundation
internal import Synchronization

/// Reads the peak resident memory of a live process, as counted by Linux (`VmHWM` in proc(5)).
final class PeakMemory: Sendable {
  private let process = Mutex<Int32?>(nil)

  /// The process to read; nil before it is started.
  var processIdentifier: Int32? {
    get { process.withLock { $0 } }
    set { process.withLock { $0 = newValue } }
  }

  /// The peak in MB, rounded up; nil if the process has ended, or on a system without /proc.
  func megabytes() -> Int? {
    guard let processIdentifier, let status = FileManager.default.contents(atPath: "/proc/\(processIdentifier)/status"),
      // Parsed as bytes for speed, because it is read after every invocation.
      let label = status.range(of: Data("VmHWM:".utf8)),
      let kilobytes = Int(
        String(
          decoding: status[label.upperBound...].drop { $0 == 0x20 || $0 == 0x09 }.prefix { 0x30...0x39 ~= $0 },
          as: UTF8.self))
    else { return nil }
    return (kilobytes + 1023) / 1024
  }
}
