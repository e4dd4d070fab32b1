/// Ranks variants by a value: which are lowest and which are highest, with nearly equal values counted as equal.
struct Ranking {
  private let values: [(name: String, value: Double)]
  private let tolerance: Double

  /// - Parameter tolerance: the share by which values may differ and still be equal; values that are formatted alike
  ///   are always equal.
  /// - Returns: nil without a finite value.
  init?(_ values: [(name: String, value: Double)], tolerance: Double = 0) {
    let values = values.filter(\.value.isFinite)
    guard !values.isEmpty else { return nil }
    self.values = values.sorted { $0.value < $1.value }
    self.tolerance = tolerance
  }

  /// The ranking in words, as in `direct has the lowest p50 (2.13 ms), function the highest (3.20 ms)`.
  func words(_ quantity: String, format: (Double) -> String) -> String {
    guard let first = values.first, let last = values.last else { return "" }
    func equal(_ one: Double, _ other: Double) -> Bool {
      format(one) == format(other) || abs(one - other) <= min(one, other) * tolerance
    }
    let lowest = values.filter { equal($0.value, first.value) }
    let highest = values.filter { equal($0.value, last.value) && !equal($0.value, first.value) }
    func text(_ group: [(name: String, value: Double)]) -> (names: String, range: String) {
      let ends = [group.first, group.last].compactMap { $0.map { format($0.value) } }
      let range = ends.first == ends.last ? ends.prefix(1) : ends[...]
      return (Figure.list(group.map(\.name)), range.joined(separator: " to "))
    }
    let (low, high) = (text(lowest), text(highest))
    if values.count == 1 { return "\(low.names) has a \(quantity) of \(low.range)" }
    if highest.isEmpty { return "\(low.names) have the same \(quantity) (\(low.range))" }
    let verb = lowest.count == 1 ? "has" : "have"
    return "\(low.names) \(verb) the lowest \(quantity) (\(low.range)), \(high.names) the highest (\(high.range))"
  }
}
