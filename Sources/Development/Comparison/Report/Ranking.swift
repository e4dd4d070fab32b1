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
  /// Values are equal if their intervals overlap or if they are formatted alike.
  func words(_ quantity: String, format: (Double) -> String) -> String {
    guard let first = entries.first, let last = entries.last else { return "" }
    func equal(_ one: Entry, _ other: Entry) -> Bool {
      format(one.value) == format(other.value) || one.interval.overlaps(other.interval)
    }
    let lowest = entries.filter { equal($0, first) }
    let highest = entries.filter { equal($0, last) && !equal($0, first) }
    func text(_ group: [Entry]) -> (names: String, range: String) {
      let ends = [group.first, group.last].compactMap { $0.map { format($0.value) } }
      let range = ends.first == ends.last ? ends.prefix(1) : ends[...]
      return (Figure.list(group.map(\.name)), range.joined(separator: " to "))
    }
    let (low, high) = (text(lowest), text(highest))
    if entries.count == 1 { return "\(low.names) has a \(quantity) of \(low.range)" }
    if highest.isEmpty {
      let noise = format(first.value) == format(last.value) ? "" : " within the noise"
      return "\(low.names) have the same \(quantity)\(noise) (\(low.range))"
    }
    let verb = lowest.count == 1 ? "has" : "have"
    return "\(low.names) \(verb) the lowest \(quantity) (\(low.range)), \(high.names) the highest (\(high.range))"
  }
}
