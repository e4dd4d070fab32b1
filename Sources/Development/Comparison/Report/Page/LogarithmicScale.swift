internal import Foundation

/// A logarithmic scale from milliseconds to a height, with a small margin around its values.
struct LogarithmicScale {
  /// Round numbers on the scale, ascending, far enough apart for labels.
  let ticks: [Double]
  private let low: Double
  private let high: Double
  private let bottom: Double
  private let height: Double

  /// The minimum distance between two ticks, in pixels: a line of text.
  private static let tickDistance = 18.0
  /// The preferred minimum number of ticks.
  private static let enoughTicks = 3
  /// The minimum ratio of the ends, so that small differences don't look large.
  private static let leastRatio = 1.1

  /// Nil unless there is a positive value.
  init?(values: [Double], bottom: Double, height: Double) {
    let positive = values.filter { $0 > 0 && $0.isFinite }
    guard let least = positive.min(), let greatest = positive.max() else { return nil }
    let ratio = greatest / least
    let margin = max(pow(ratio, 0.04), (Self.leastRatio / ratio).squareRoot())
    let (low, high) = (least / margin, greatest * margin)
    let fitting = Self.roundNumbers(from: low, to: high).filter { ticks in
      zip(ticks, ticks.dropFirst()).allSatisfy { height * log($1 / $0) / log(high / low) >= Self.tickDistance }
    }
    ticks = fitting.first { $0.count >= Self.enoughTicks } ?? fitting.max { $0.count < $1.count } ?? []
    (self.low, self.high, self.bottom, self.height) = (low, high, bottom, height)
  }

  /// Candidates for ticks, the roundest first: powers of ten; 1, 2, 5, 10 and so on; and multiples of a step.
  private static func roundNumbers(from low: Double, to high: Double) -> [[Double]] {
    let exponents = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up))
    let powers = exponents.map { pow(10, Double($0)) }
    let room = Int(log10(high - low).rounded(.down))
    let steps = [(5, room), (2, room), (1, room), (5, room - 1), (2, room - 1), (1, room - 1)]
    let multiples = steps.map { factor, exponent in
      let step = Double(factor) * pow(10, Double(exponent))
      return (Int((low / step).rounded(.up))...Int((high / step).rounded(.up))).map {
        Double($0 * factor) * pow(10, Double(exponent))
      }
    }
    return ([powers, powers.flatMap { [$0, 2 * $0, 5 * $0] }] + multiples).map { $0.filter { low <= $0 && $0 <= high } }
  }

  /// The vertical position of a time, clamped to the scale.
  func y(_ milliseconds: Double) -> Double {
    let share = log(max(milliseconds, low) / low) / log(high / low)
    return bottom - height * min(share, 1)
  }
}
