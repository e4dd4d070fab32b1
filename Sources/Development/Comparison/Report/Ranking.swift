/// Ranks variants by a value: which are lowest and which are highest, with values that can't be told apart as equal.
struct Ranking {
  /// A variant's value, and the range in which it lies, if it is uncertain.
  struct Entry {
    let name: String
    let value: Double
    let interval: ComparisonReport.Latency.Interval

    /// - Parameter interval: nil for an exact value, such as a price.
    init(_ name: String, _ value: Double, interval: ComparisonReport.Latency.Interval? = nil) {
      self.name = name
      self.value = value
      self.interval = interval ?? .init(low: value, high: value)
    }
  }

  private let entries: [Entry]

  /// - Returns: nil without a finite value.
  init?(_ entries: [Entry]) {
    let entries = entries.filter(\.value.isFinite)
    guard !entries.isEmpty else { return nil }
    self.entries = entries.sorted { $0.value < $1.value }
  }

  /// The ranking in words, as in `direct has the lowest p50 (2.13 ms), function the highest (3.20 ms)`.
  ///
  /// Values are equal if their intervals overlap or if they are formatted alike. One that equals both the lowest and the
  /// highest, although those differ, is neither.
  func words(_ quantity: String, format: (Double) -> String) -> String {
    guard let first = entries.first, let last = entries.last else { return "" }
    func equal(_ one: Entry, _ other: Entry) -> Bool {
      format(one.value) == format(other.value) || one.interval.overlaps(other.interval)
    }
    func range(_ group: [Entry]) -> String {
      let ends = [group.first, group.last].compactMap { $0.map { format($0.value) } }
      return "(\(ends.first == ends.last ? ends[0] : ends.joined(separator: " to ")))"
    }
    if entries.count == 1 { return "\(first.name) has a \(quantity) of \(format(first.value))" }
    if equal(first, last) {
      let noise = format(first.value) == format(last.value) ? "" : " within the noise"
      return "\(Self.names(entries)) have the same \(quantity)\(noise) \(range(entries))"
    }
    let lowest = entries.filter { equal($0, first) && !equal($0, last) }
    let highest = entries.filter { equal($0, last) && !equal($0, first) }
    let between = entries.filter { equal($0, first) && equal($0, last) }
    let verb = lowest.count == 1 ? "has" : "have"
    return "\(Self.names(lowest)) \(verb) the lowest \(quantity) \(range(lowest)), "
      + "\(Self.names(highest)) the highest \(range(highest))"
      + (between.isEmpty ? "" : ", and \(Self.names(between)) can't be told from either")
  }

  private static func names(_ entries: [Entry]) -> String { Figure.list(entries.map(\.name)) }
}
