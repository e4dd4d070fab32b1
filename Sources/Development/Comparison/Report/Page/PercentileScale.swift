internal import Foundation

/// A scale of percentiles on which every additional nine takes the same room: 90 %, 99 %, 99.9 %. The maximum has a
/// place of its own at the end.
struct PercentileScale {
  private let left: Double
  private let width: Double
  private let nines: Double

  /// The room between the last percentile that the requests can resolve and the maximum, so that both can be labelled.
  private static let endRoom = 52.0
  /// The minimum distance between two optional ticks, in pixels.
  private static let tickDistance = 52.0

  /// The scale ends at the maximum, after the last percentile that this many requests can resolve.
  init(requests: Int, left: Double, width: Double) {
    nines = max(1, log10(Double(max(requests, 10))))
    self.left = left
    self.width = width
  }

  /// The horizontal position of a share; the maximum is at the end.
  func x(_ share: Double) -> Double {
    if share >= 1 { return left + width }
    return left + max(0, width - Self.endRoom) * min(nines, -log10(1 - max(share, 0))) / nines
  }

  /// The labelled shares; the last one is the maximum, which is the 99th percentile as well if there are fewer than a
  /// hundred requests.
  var ticks: [(share: Double, name: String)] {
    let resolved = { (share: Double) in -log10(1 - share) <= nines + 1e-9 }
    var ticks = [(0.5, "p50"), (0.9, "p90"), (0.99, "p99")].filter { resolved($0.0) }
    let isP99Resolved = resolved(0.99)
    for tick in [(0.999, "p99.9"), (0.9999, "p99.99")] where resolved(tick.0) {
      if let last = ticks.last, x(tick.0) - x(last.0) >= Self.tickDistance { ticks.append(tick) }
    }
    return ticks.map { (share: $0.0, name: $0.1) } + [(1, isP99Resolved ? "max" : "p99, max")]
  }
}
