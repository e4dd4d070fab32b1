/// Percentiles by nearest rank: the smallest time that at least that percentage of all times doesn't exceed.
///
/// Every percentile is the time of an actual request, never interpolated, and the hundredth is the maximum. numpy with
/// `method="inverted_cdf"` computes the same, and so does HdrHistogram, apart from its rounding of times. A million
/// times fit into memory, so rounding isn't needed.
struct Percentiles {
  private let sorted: [Double]

  init(_ values: [Double]) {
    sorted = values.sorted()
  }

  /// How many values there are.
  var count: Int { sorted.count }
  /// The greatest value; nil without one.
  var max: Double? { sorted.last }

  /// The value of a percentile, 0 (the least) to 100 (the greatest); nil without a value.
  subscript(percent: Double) -> Double? { at(share: percent / 100) }

  private func at(share: Double) -> Double? {
    if sorted.isEmpty { return nil }
    // Rounding errors must not raise a whole rank: 7 % of 100 comes out as 7.000000000000001, which is not the 8th.
    let rank = Int((share * Double(count) - 1e-9).rounded(.up))
    return sorted[min(Swift.max(rank, 1), count) - 1]
  }

  /// Points of a latency curve, `[share, value]`, shares ascending from 0 to 1; empty without a value.
  ///
  /// Five points for each halving of the distance to 1, as in HdrHistogram's percentile distribution: dense near 1, but
  /// no finer than a single value.
  var curve: [[Double]] {
    guard let last = sorted.last else { return [] }
    var shares: [Double] = []
    var rest = 1.0
    while rest * Double(count) >= 1 {
      shares += (0..<5).map { 1 - rest + rest * Double($0) / 10 }
      rest /= 2
    }
    return shares.compactMap { share in at(share: share).map { [share, $0] } } + [[1, last]]
  }
}
