internal import Foundation

/// A scale of percentiles on which every additional nine takes the same room: 90 %, 99 %, 99.9 %.
struct PercentileScale {
  private let left: Double
  private let width: Double
  private let nines: Double

  /// The scale ends at the last percentile that this many requests can resolve.
  init(requests: Int, left: Double, width: Double) {
    nines = max(1, log10(Double(max(requests, 10))))
    self.left = left
    self.width = width
  }

  /// The horizontal position of a share; the maximum is at the end.
  func x(_ share: Double) -> Double {
    let distance = share >= 1 ? nines : min(nines, -log10(1 - max(share, 0)))
    return left + width * distance / nines
  }

  /// The labelled shares; the last one is the maximum.
  var ticks: [(share: Double, name: String)] {
    let named: [(Double, String)] = [(0.5, "p50"), (0.9, "p90"), (0.99, "p99"), (0.999, "p99.9"), (0.9999, "p99.99")]
    return named.filter { -log10(1 - $0.0) < nines - 0.35 } + [(1, "max")]
  }
}
