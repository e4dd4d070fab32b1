import Testing

@testable import Comparison

@Suite("The noise of a percentile")
struct PercentilesIntervalTests {
  private func interval(_ percent: Double, _ values: [Double]) -> ComparisonReport.Latency.Interval? {
    Percentiles(values).interval(percent, of: values)
  }

  /// The numbers 0 to `count` - 1 in an order without any trend.
  private func shuffled(_ count: Int) -> [Double] {
    (0..<count).map { Double($0 * 7919 % count) }
  }

  @Test("is that of independent values if the parts of a measurement are alike")
  func independent() throws {
    // 2.262 standard errors of a binomial share: 2.262 * sqrt(0.5 * 0.5 / 1000) is 3.6 % of the ranks.
    let median = try #require(interval(50, shuffled(1000)))
    #expect((463...465).contains(median.low) && (535...536).contains(median.high))
    // 2.262 * sqrt(0.99 * 0.01 / 1000) is 0.7 %.
    let p99 = try #require(interval(99, shuffled(1000)))
    #expect((980...984).contains(p99.low) && (995...998).contains(p99.high))
  }

  @Test("is wider if the machine was busy for a while")
  func drift() throws {
    let quiet = shuffled(1000).map { 10 + $0 / 1000 }
    let busy = quiet.enumerated().map { $0 < 300 ? $1 + 5 : $1 }
    let (narrow, wide) = (try #require(interval(50, quiet)), try #require(interval(50, busy)))
    #expect(narrow.high - narrow.low < 0.1)
    #expect(wide.high - wide.low > 4)
  }

  @Test("reaches to the maximum if there are too few values above the percentile")
  func tail() throws {
    #expect(try #require(interval(99, shuffled(100))).high == 99)
  }

  @Test("is unknown with fewer than two values in each part or none above the percentile, and nothing if all are equal")
  func few() throws {
    #expect(interval(50, shuffled(19)) == nil)
    #expect(interval(50, []) == nil)
    #expect(interval(99, shuffled(99)) == nil)
    #expect(interval(50, Array(repeating: 3, count: 20)) == .init(low: 3, high: 3))
  }

  @Test("contains the percentile")
  func contains() throws {
    for count in [20, 21, 99, 100, 250, 1003] {
      for percent in [50.0, 99] where percent == 50 || count >= 100 {
        let values = shuffled(count)
        let (value, noise) = (try #require(Percentiles(values)[percent]), try #require(interval(percent, values)))
        #expect(noise.low <= value && value <= noise.high)
      }
    }
  }

  @Test("makes two percentiles equal if their intervals overlap")
  func overlap() {
    let interval = ComparisonReport.Latency.Interval(low: 1, high: 2)
    #expect(interval.overlaps(.init(low: 2, high: 3)) && interval.overlaps(.init(low: 0, high: 9)))
    #expect(!interval.overlaps(.init(low: 2.1, high: 3)) && !interval.overlaps(.init(low: 0, high: 0.9)))
  }
}
