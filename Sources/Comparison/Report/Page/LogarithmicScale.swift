internal import Foundation

/// A scale from milliseconds to a height, between round numbers (1, 2, 5, 10 …).
struct LogarithmicScale {
  /// The round numbers from the lower end to the upper one.
  let ticks: [Double]
  private let bottom: Double
  private let height: Double

  /// Nil without a positive value.
  init?(values: [Double], bottom: Double, height: Double) {
    let positive = values.filter { $0 > 0 && $0.isFinite }
    guard let least = positive.min(), let greatest = positive.max() else { return nil }
    let exponents = Int(log10(least).rounded(.down))...Int(log10(greatest).rounded(.up))
    let round = exponents.flatMap { exponent in [1.0, 2, 5].map { $0 * pow(10, Double(exponent)) } }
    let low = round.last { $0 <= least } ?? least
    let high = round.first { $0 >= greatest && $0 > low } ?? greatest
    let within = round.filter { $0 >= low && $0 <= high }
    let powers = within.filter { log10($0) == log10($0).rounded() }
    ticks = within.count > 9 ? powers : within
    self.low = low
    self.high = high
    self.bottom = bottom
    self.height = height
  }

  private let low: Double
  private let high: Double

  /// The vertical place of a time; what is below the scale stands at its lower end.
  func y(_ milliseconds: Double) -> Double {
    let share = log(max(milliseconds, low) / low) / log(high / low)
    return bottom - height * min(share, 1)
  }
}

/// A scale of percentiles on which every nine more takes as much room as the one before: 90 %, 99 %, 99.9 %.
struct PercentileScale {
  private let left: Double
  private let width: Double
  private let nines: Double

  /// Ends where so many requests say nothing more.
  init(requests: Int, left: Double, width: Double) {
    nines = max(1, log10(Double(max(requests, 10))))
    self.left = left
    self.width = width
  }

  /// The horizontal place of a share; the greatest value of all stands at the end.
  func x(_ share: Double) -> Double {
    let distance = share >= 1 ? nines : min(nines, -log10(1 - max(share, 0)))
    return left + width * distance / nines
  }

  /// The shares that are named, and how; the last one is the greatest value of all.
  var ticks: [(share: Double, name: String)] {
    let named: [(Double, String)] = [(0.5, "p50"), (0.9, "p90"), (0.99, "p99"), (0.999, "p99.9"), (0.9999, "p99.99")]
    return named.filter { -log10(1 - $0.0) < nines - 0.35 } + [(1, "max")]
  }
}
