internal import Foundation

/// Observes how busy the machine is.
package struct MachineMonitor: Sendable {
  /// The time that all cores together have spent since they were started, in ticks of the system's clock.
  struct ProcessorTime: Hashable, Sendable {
    let busy: UInt64
    let total: UInt64

    /// Parses the first line of [/proc/stat](https://man7.org/linux/man-pages/man5/proc_stat.5.html); nil if it isn't
    /// one. Time that a hypervisor gave to another machine counts as busy.
    init?(procStat text: String) {
      let words = text.prefix { $0 != "\n" }.split(separator: " ")
      let ticks = words.dropFirst().compactMap { UInt64($0) }
      guard words.first == "cpu", ticks.count >= 4, ticks.count == words.count - 1 else { return nil }
      // Guests' time, the ninth and tenth number, is part of the first two.
      let all = ticks.prefix(8).reduce(0, +)
      let idle = ticks[3] + (ticks.count > 4 ? ticks[4] : 0)
      (busy, total) = (all - idle, all)
    }

    /// The share of the time since an earlier reading that wasn't idle; nil if no time has passed.
    func busyShare(since earlier: ProcessorTime) -> Double? {
      guard total > earlier.total, busy >= earlier.busy else { return nil }
      return min(1, Double(busy - earlier.busy) / Double(total - earlier.total))
    }
  }

  /// The number of cores.
  let cores: Int
  private let time: @Sendable () -> ProcessorTime?
  private let average: @Sendable () -> Double?

  /// A monitor of a machine whose state `time` and `average` read; nil where it can't be read.
  init(
    cores: Int, time: @escaping @Sendable () -> ProcessorTime?, loadAverage average: @escaping @Sendable () -> Double?
  ) {
    self.cores = cores
    self.time = time
    self.average = average
  }

  /// This machine.
  package static let system = MachineMonitor(
    cores: ProcessInfo.processInfo.activeProcessorCount,
    time: {
      (try? String(contentsOfFile: "/proc/stat", encoding: .utf8)).flatMap { ProcessorTime(procStat: $0) }
    },
    loadAverage: {
      var averages = [0.0]
      return getloadavg(&averages, 1) == 1 ? averages[0] : nil
    })

  /// The time so far, from which a later reading is counted.
  var now: ProcessorTime? { time() }

  /// The state of the machine since an earlier time; nil where it can't be read.
  func reading(since earlier: ProcessorTime?) -> ComparisonReport.MachineLoad.Reading? {
    guard let earlier, let busy = time()?.busyShare(since: earlier), let average = average() else { return nil }
    return .init(busy: busy, loadAverage: average)
  }
}
