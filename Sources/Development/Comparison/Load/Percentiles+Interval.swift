extension ComparisonReport.Latency {
  /// The range in which a percentile lies, according to the spread of the measurement itself.
  package struct Interval: Codable, Hashable, Sendable {
    /// The lower end, in milliseconds.
    package var low: Double
    /// The upper end, in milliseconds.
    package var high: Double

    /// Whether two percentiles with these intervals can't be told apart.
    func overlaps(_ other: Interval) -> Bool { low <= other.high && other.low <= high }
  }
}

extension Percentiles {
  /// The number of parts of a measurement that are compared with one another.
  static let parts = 10
  /// The least number of values with an interval: two in each part.
  static let leastForInterval = 2 * parts
  /// The 97.5th percentile of Student's t distribution with `parts` - 1 degrees of freedom.
  private static let factor = 2.262

  /// The 95 % confidence interval of a percentile; nil with fewer than `leastForInterval` values, or if the percentile
  /// is the highest of them, which says nothing about how high it could be: p99 takes 100 values.
  ///
  /// It assumes no distribution. The share of values that don't exceed the percentile varies between the parts of the
  /// measurement, in the order of time; the standard error of their mean gives the ranks of the interval's ends, as in
  /// Heidelberger and Lewis, "Quantile Estimation in Dependent Sequences" (1984), with batch means. So a machine that
  /// was busy for a while makes the interval wider. It's at least the interval of independent values, whose shares vary
  /// binomially.
  ///
  /// - Parameter values: all values, in the order of time.
  func interval(_ percent: Double, of values: [Double]) -> ComparisonReport.Latency.Interval? {
    let share = percent / 100
    // Rounding makes 100 × (1 - 0.99) a little more or less than 1.
    let isHighest = Double(values.count) * (1 - share) < 0.999
    guard values.count >= Self.leastForInterval, !isHighest, let middle = self[percent] else { return nil }
    let shares = (0..<Self.parts).map { part in
      let values = values[values.count * part / Self.parts..<values.count * (part + 1) / Self.parts]
      return Double(values.count { $0 <= middle }) / Double(values.count)
    }
    let mean = shares.reduce(0, +) / Double(Self.parts)
    let squares = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let variance = Swift.max(
      squares / Double(Self.parts - 1) / Double(Self.parts), share * (1 - share) / Double(values.count))
    let margin = Self.factor * variance.squareRoot() * 100
    guard let low = self[Swift.max(0, percent - margin)], let high = self[min(100, percent + margin)] else {
      return nil
    }
    return .init(low: low, high: high)
  }
}
