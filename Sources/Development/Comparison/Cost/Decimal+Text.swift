internal import Foundation
internal import Platform

/// Money and durations are added as decimals, so that a formula's numbers yield its amount to the last digit.
extension Decimal {
  /// Parses digits with an optional decimal point; nil for anything else.
  init?(plain text: some StringProtocol) {
    guard text.utf8.first?.isDigit == true, text.utf8.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") }),
      text.utf8.count(where: { $0 == UInt8(ascii: ".") }) < 2
    else { return nil }
    self.init(string: String(text))
  }

  /// The decimal that a Double prints as, such as 2.675 for the number just below it; nil unless it is finite.
  init?(shortest value: Double) {
    guard value.isFinite else { return nil }
    self.init(string: value.description)
  }

  /// The nearest number with at most `places` decimals.
  func rounded(to places: Int) -> Decimal {
    var (number, result) = (self, Decimal())
    NSDecimalRound(&result, &number, places, .plain)
    return result
  }

  /// The nearest Double, converted through text because `doubleValue` may be off by the last bit.
  var double: Double { Double(description) ?? (self as NSDecimalNumber).doubleValue }

  /// The number with commas between its thousands, such as `1,000,000.5`.
  var grouped: String { Figure.grouped(description) }

  /// The number as a price, with at least two decimals.
  var price: String {
    let text = grouped
    guard let point = text.firstIndex(of: ".") else { return text + ".00" }
    return text.distance(from: point, to: text.endIndex) == 2 ? text + "0" : text
  }

  /// The number with exactly `places` decimals.
  func fixed(to places: Int) -> String {
    let parts = rounded(to: places).description.split(separator: ".")
    let decimals = parts.dropFirst().joined()
    let zeros = String(repeating: "0", count: max(0, places - decimals.count))
    return Figure.grouped("\(parts[0]).\(decimals)\(zeros)")
  }

  /// The number as an amount of US dollars, such as `$3.50`; amounts below a dollar keep up to four decimals.
  var dollars: String { "$" + rounded(to: self < 1 ? 4 : 2).price }
}
