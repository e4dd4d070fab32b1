internal import Foundation

/// A scale from milliseconds to a height, a little wider than the times that it is for.
struct LogarithmicScale {
  /// Round numbers of the scale, ascending, so far apart that they can be named.
  let ticks: [Double]
  private let low: Double
  private let high: Double
  private let bottom: Double
  private let height: Double

  /// The least distance of two ticks, in pixels: a line of text.
  private static let tickDistance = 18.0
  /// How many ticks are enough.
  private static let enoughTicks = 3
  /// The least ratio of the ends: smaller differences are not made to look like much.
  private static let leastRatio = 1.1

  /// Nil without a positive value.
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

  /// Powers of ten; 1, 2, 5, 10 and so on; and numbers that are all as far apart: the roundest first.
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

  /// The vertical place of a time; what is beyond the scale stands at its end.
  func y(_ milliseconds: Double) -> Double {
    let share = log(max(milliseconds, low) / low) / log(high / low)
    return bottom - height * min(share, 1)
  }
}
