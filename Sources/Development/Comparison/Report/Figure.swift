internal import Foundation

/// Formats numbers for the report, independently of the locale.
enum Figure {
  /// A count with thousands separators: `1,000`.
  static func count(_ value: Int) -> String {
    grouped(String(value))
  }

  /// A number with a fixed number of decimals and thousands separators: `1,203.40`.
  static func decimal(_ value: Double, places: Int) -> String {
    guard value.isFinite else { return "–" }
    return grouped(String(format: "%.\(places)f", value))
  }

  /// Milliseconds in a column, with two decimals, so that the decimal points line up.
  static func milliseconds(_ value: Double?) -> String {
    value.map { decimal($0, places: 2) } ?? "–"
  }

  /// Milliseconds in a column, with their noise in a second line: `53.16`, `52.98–53.31`.
  static func milliseconds(_ value: Double?, _ interval: ComparisonReport.Latency.Interval?) -> String {
    guard let interval else { return milliseconds(value) }
    return "\(milliseconds(value))\n\(milliseconds(interval.low))–\(milliseconds(interval.high))"
  }

  /// Milliseconds in a sentence, to three digits: `0.42 ms`, `21.3 ms`, `1,203 ms`.
  static func time(_ value: Double) -> String {
    decimal(value, places: value < 10 ? 2 : value < 100 ? 1 : 0) + " ms"
  }

  /// Requests a second, with the decimals as given: `40 requests a second`.
  static func rate(_ value: Double) -> String {
    let text = Decimal(shortest: value)?.grouped ?? "–"
    return text + (value == 1 ? " request a second" : " requests a second")
  }

  /// US dollars in a column, with three decimals, which the GB-seconds of short invocations need.
  static func amount(_ value: Double) -> String {
    Decimal(shortest: value)?.fixed(to: 3) ?? "–"
  }

  /// US dollars in a sentence, formatted as ``Decimal/dollars``.
  static func dollars(_ value: Double) -> String {
    Decimal(shortest: value)?.dollars ?? "–"
  }

  /// A share of 1 as a percentage: `0.8 %`.
  static func percentage(_ share: Double, places: Int = 1) -> String {
    decimal(share * 100, places: places) + " %"
  }

  /// A count with its noun: `1 case`, `2 cases`.
  static func number(_ count: Int, _ noun: String) -> String {
    "\(self.count(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  /// Names listed in a sentence: `a, b and c`.
  static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// Digits with commas between the thousands; decimals are left unchanged.
  static func grouped(_ digits: String) -> String {
    let parts = digits.split(separator: ".", maxSplits: 1)
    let negative = digits.hasPrefix("-")
    let whole = Array((parts.first ?? "0").drop { $0 == "-" })
    var text = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return (negative ? "-" : "") + text + (parts.count > 1 ? ".\(parts[1])" : "")
  }
}
