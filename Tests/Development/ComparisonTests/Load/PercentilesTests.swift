import Testing

@testable import Comparison

@Suite("Percentiles")
struct PercentilesTests {
  struct Fixture: Decodable {
    let name: String
    let values, percents, expected: [Double]
  }

  @Test("equal numpy's with inverted_cdf")
  func numpy() throws {
    let fixtures: [Fixture] = try Fixtures.read("percentiles.json")
    #expect(fixtures.count == 10)
    for fixture in fixtures {
      let percentiles = Percentiles(fixture.values)
      #expect(fixture.percents.map { percentiles[$0] } == fixture.expected, "\(fixture.name)")
      #expect(percentiles.max == fixture.expected.last)
    }
  }

  @Test("of 1 to 100 are the numbers themselves, despite the rounding errors of their hundredths")
  func ranks() {
    let percentiles = Percentiles((1...100).map(Double.init).shuffled())
    for percent in 1...100 { #expect(percentiles[Double(percent)] == Double(percent)) }
  }

  @Test("are nil without values, as is the maximum, and the curve is empty")
  func nothing() {
    let percentiles = Percentiles([])
    #expect(percentiles[50] == nil)
    #expect(percentiles.max == nil)
    #expect(percentiles.curve.isEmpty)
  }

  @Test("form a curve from 0 to 1 that never falls and is dense near 1", arguments: [1, 2, 7, 100, 5000])
  func curve(count: Int) throws {
    let curve = Percentiles((1...count).map(Double.init)).curve
    #expect(curve.first == [0, 1])
    #expect(curve.last == [1, Double(count)])
    try #require(curve.allSatisfy { $0.count == 2 })
    for (one, next) in zip(curve, curve.dropFirst()) {
      #expect(one[0] < next[0])
      #expect(one[1] <= next[1])
      // No gap is wider than a fifth of the distance to 1, except the last one, which covers a single value.
      #expect(next[0] == 1 || next[0] - one[0] <= (1 - one[0]) / 5 + 1e-9)
    }
    #expect(curve.count >= min(count, 5))
    if count == 5000 { #expect(curve.count { $0[0] > 0.99 } > 20) }
  }
}
