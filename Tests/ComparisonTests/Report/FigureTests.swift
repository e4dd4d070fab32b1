import Testing

@testable import Comparison

@Suite("Figures")
struct FigureTests {
  @Test("have their thousands apart and their decimals below one another")
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
    #expect([0, 0.0063, 3.706].map(Figure.price) == ["$0.00", "$0.0063", "$3.71"])
    #expect(Figure.percentage(0.003) == "0.3 %")
    #expect([1, 2].map { Figure.number($0, "case") } == ["1 case", "2 cases"])
    #expect(Figure.list(["a", "b", "c"]) == "a, b and c")
    #expect(Figure.list([]) == "")
  }
}
