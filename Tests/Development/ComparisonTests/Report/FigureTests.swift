import Foundation
import Testing

@testable import Comparison

@Suite("Figures")
struct FigureTests {
  @Test("have thousands separators and aligned decimals")
  func numbers() {
    #expect(Figure.count(1_234_567) == "1,234,567")
    #expect(Figure.count(-999) == "-999")
    #expect(Figure.decimal(-1234.567, places: 1) == "-1,234.6")
    #expect([0.4, 63.234, 1203.4].map(Figure.milliseconds) == ["0.40", "63.23", "1,203.40"])
    #expect(Figure.milliseconds(nil) == "–")
    #expect(Figure.milliseconds(.nan) == "–")
  }

  @Test("have three digits in a sentence")
  func sentences() {
    #expect([0.417, 21.34, 99.94, 1203.4].map(Figure.time) == ["0.42 ms", "21.3 ms", "99.9 ms", "1,203 ms"])
    #expect(Figure.percentage(0.003) == "0.3 %")
    #expect([1, 2].map { Figure.number($0, "case") } == ["1 case", "2 cases"])
    #expect(Figure.list(["a", "b", "c"]) == "a, b and c")
    #expect(Figure.list([]) == "")
  }

  @Test("format money alike from Double and Decimal")
  func money() throws {
    #expect([0, 0.0063, 0.5, 3.706].map(Figure.dollars) == ["$0.00", "$0.0063", "$0.50", "$3.71"])
    for value in [2.675, 1.005, 0.5, 0.00005, 1_234_567.891] {
      #expect(Figure.dollars(value) == (try #require(Decimal(string: "\(value)"))).dollars)
    }
    // The nearest Double is just below it.
    #expect(Figure.dollars(2.675) == "$2.68")
    #expect([3.8075, 1234.5, 0, 0.00001].map(Figure.amount) == ["3.808", "1,234.500", "0.000", "0.000"])
    #expect([Figure.dollars(.infinity), Figure.amount(.nan)] == ["–", "–"])
  }

  @Test("keep the decimals of a rate")
  func rates() {
    #expect(
      [0.04, 1, 2.5, 1000].map(Figure.rate) == [
        "0.04 requests a second", "1 request a second", "2.5 requests a second", "1,000 requests a second",
      ])
  }
}
