/// Who is lowest and who is highest, those that a reader can't tell apart being equal.
struct Ranking {
  private let values: [(name: String, value: Double)]

  /// Nil without a value.
  init?(_ values: [(name: String, value: Double)]) {
    guard !values.isEmpty else { return nil }
    self.values = values.sorted { $0.value < $1.value }
  }

  /// The ranking in words, as in `direct has the lowest p50 (2.13 ms), function the highest (3.20 ms)`.
  func words(_ quantity: String, format: (Double) -> String) -> String {
    guard let first = values.first, let last = values.last else { return "" }
    let (low, high) = (format(first.value), format(last.value))
    let lowest = values.map(\.name).prefix(values.count { format($0.value) == low })
    let highest = values.map(\.name).suffix(values.count { format($0.value) == high })
    let (names, verb) = (Figure.list(Array(lowest)), lowest.count == 1 ? "has" : "have")
    if values.count == 1 { return "\(names) has a \(quantity) of \(low)" }
    if low == high { return "\(names) have the same \(quantity) (\(low))" }
    return "\(names) \(verb) the lowest \(quantity) (\(low)), \(Figure.list(Array(highest))) the highest (\(high))"
  }
}
