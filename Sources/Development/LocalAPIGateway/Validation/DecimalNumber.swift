/// The exact value of a JSON number: its digits times a power of ten.
///
/// Exponents are clamped to ±10^17.
struct DecimalNumber: Hashable, Sendable {
  private let isNegative: Bool
  /// The digits 0 to 9, without leading or trailing zeros; empty for zero.
  private let digits: [UInt8]
  private let exponent: Int

  /// Parses a number by RFC 8259; nil if the text is not a number.
  init?(_ text: String) {
    var rest = text.utf8[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative { rest.removeFirst() }
    var digits = Self.digits(of: &rest)
    guard let first = digits.first, first != 0 || digits.count == 1 else { return nil }
    var exponent = 0
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      let fraction = Self.digits(of: &rest)
      guard !fraction.isEmpty else { return nil }
      digits += fraction
      exponent = -fraction.count
    }
    if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
      rest.removeFirst()
      let sign = rest.first == UInt8(ascii: "-") ? -1 : 1
      if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") { rest.removeFirst() }
      let power = Self.digits(of: &rest)
      guard !power.isEmpty else { return nil }
      exponent += sign * power.reduce(0) { min($0 * 10 + Int($1), Self.maximumExponent) }
    }
    guard rest.isEmpty else { return nil }
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    self.digits = Array(digits.drop { $0 == 0 })
    self.isNegative = isNegative && !self.digits.isEmpty
    self.exponent = self.digits.isEmpty ? 0 : exponent
  }

  /// Whether this is a multiple of a divisor; nil if the divisor is zero, negative or has more than 18 digits.
  func isMultiple(of divisor: DecimalNumber) -> Bool? {
    guard let modulus = divisor.magnitude else { return nil }
    if digits.isEmpty { return true }
    // The digits don't end with 0, so they aren't a multiple of 10 times the divisor's.
    guard exponent >= divisor.exponent else { return false }
    var remainder = digits.reduce(into: UInt64(0)) { $0 = ($0 * 10 + UInt64($1)) % modulus }
    var (base, power) = (10 % modulus, exponent - divisor.exponent)
    while power > 0 {
      if power % 2 == 1 { remainder = Self.product(remainder, base, modulus) }
      base = Self.product(base, base, modulus)
      power /= 2
    }
    return remainder == 0
  }

  private static let maximumExponent = 100_000_000_000_000_000

  /// The digits as a number; nil for zero, too many digits, or a negative number.
  private var magnitude: UInt64? {
    guard !isNegative, (1...18).contains(digits.count) else { return nil }
    return digits.reduce(0) { $0 * 10 + UInt64($1) }
  }

  private static func digits(of text: inout Substring.UTF8View) -> [UInt8] {
    let digits = text.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    text = text[digits.endIndex...]
    return digits.map { $0 - UInt8(ascii: "0") }
  }

  private static func product(_ one: UInt64, _ other: UInt64, _ modulus: UInt64) -> UInt64 {
    modulus.dividingFullWidth(one.multipliedFullWidth(by: other)).remainder
  }
}

extension DecimalNumber: Comparable {
  static func < (one: DecimalNumber, other: DecimalNumber) -> Bool {
    if one.sign != other.sign { return one.sign < other.sign }
    return one.isNegative ? other.isSmallerInMagnitude(than: one) : one.isSmallerInMagnitude(than: other)
  }

  private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }

  private func isSmallerInMagnitude(than other: DecimalNumber) -> Bool {
    let (place, otherPlace) = (digits.count + exponent, other.digits.count + other.exponent)
    if place != otherPlace { return place < otherPlace }
    return digits.lexicographicallyPrecedes(other.digits)
  }
}
