import Testing

@testable import LocalAPIGateway

@Suite("A decimal number")
struct DecimalNumberTests {
  @Test(
    "is equal to another spelling of the same value",
    arguments: [
      ("1", "1.0"), ("100", "1e2"), ("0", "-0.00e7"), ("0.05", "5E-2"), ("-12.50", "-1.25e+1"),
      ("0e99999999999999999999", "0"),
    ])
  func equal(one: String, other: String) {
    #expect(DecimalNumber(one) == DecimalNumber(other))
    #expect(DecimalNumber(one) != nil)
  }

  @Test("is ordered by value")
  func order() throws {
    let texts = [
      "-1e400", "-2", "-1.5", "-1", "-1e-400", "0", "1e-400", "0.1", "0.10000000000000000001", "1", "2", "10", "1e400",
    ]
    let numbers = texts.compactMap(DecimalNumber.init)
    #expect(numbers.count == texts.count)
    #expect(numbers.shuffled().sorted() == numbers)
  }

  @Test("is checked for multiples without rounding")
  func multiples() throws {
    for (number, divisor, isMultiple) in [
      ("0.3", "0.1", true), ("0.35", "0.1", false), ("-7", "7", true), ("7.0", "3.5", true), ("1e308", "0.5", true),
      ("1e308", "0.3", false), ("12345678901234567890", "10", true), ("12345678901234567891", "10", false),
      ("0", "7", true),
      ("1e-2", "1", false), ("1e1000000000000", "3", false), ("3e1000000000000", "3", true),
    ] {
      let (number, divisor) = (try #require(DecimalNumber(number)), try #require(DecimalNumber(divisor)))
      #expect(number.isMultiple(of: divisor) == isMultiple, "\(number) and \(divisor)")
    }
    for divisor in ["0", "-1", "1234567890123456789"] {
      #expect(DecimalNumber("1")?.isMultiple(of: try #require(DecimalNumber(divisor))) == nil)
    }
  }

  @Test("can't be parsed from other text", arguments: ["", "-", "01", "+1", "1.", ".5", "1e", "0x1", "1 ", "NaN", "١"])
  func none(text: String) {
    #expect(DecimalNumber(text) == nil)
  }
}
