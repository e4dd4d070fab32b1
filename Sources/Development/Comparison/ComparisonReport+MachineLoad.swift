extension ComparisonReport {
  /// How busy the machine was: other programs on it make times longer and less certain.
  package struct MachineLoad: Codable, Hashable, Sendable {
    /// The number of processor cores.
    package var cores: Int
    /// Just before anything was sent, while the comparison itself was idle.
    package var before: Reading
    /// While requests were sent, by the comparison itself included; nil if none were.
    package var during: Reading?

    /// A state of the machine.
    package struct Reading: Codable, Hashable, Sendable {
      /// The share of all cores' time that wasn't idle, 0 to 1.
      package var busy: Double
      /// The load average over the last minute: how many processes ran or were ready to.
      package var loadAverage: Double
    }

    /// The share from which the machine was too busy, before anything was sent, for its times to be trusted.
    private static let busyFrom = 0.2

    /// Why the times are less certain; nil on a quiet machine.
    var warning: String? {
      guard before.busy >= Self.busyFrom else { return nil }
      return "Other programs kept \(Figure.percentage(before.busy, places: 0)) of the machine's "
        + "\(Figure.number(cores, "core")) busy before the first request, so the times are less certain; stop them and "
        + "run the command again."
    }

    /// All of it in words.
    var words: String {
      let during = during.map { ", \(Self.words($0)) while requests were sent" } ?? ""
      return "\(Figure.number(cores, "core")), \(Self.words(before)) before the first request\(during)"
    }

    private static func words(_ reading: Reading) -> String {
      "\(Figure.percentage(reading.busy, places: 0)) busy (load average \(Figure.decimal(reading.loadAverage, places: 2)))"
    }
  }
}
