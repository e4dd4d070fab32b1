import Foundation
import Platform
import Testing

@testable import Comparison

@Suite("The break-even points")
struct BreakEvenTests {
  private func use(milliseconds: Decimal, _ architecture: PriceList.Architecture = .arm64) -> FunctionUse {
    FunctionUse(architecture: architecture, memorySize: 128, runMilliseconds: milliseconds)
  }

  private func variant(_ id: String, _ api: PriceList.API, _ use: FunctionUse?, _ prices: PriceList) -> VariantCost {
    VariantCost(variant: id, api: api, function: use, prices: prices)
  }

  @Test("of a function behind an HTTP API are where its GB-seconds use up the difference between the APIs")
  func duration() throws {
    let prices = try Prices.list()
    let direct = variant("direct", .rest, nil, prices)
    let http = variant("http", .http, use(milliseconds: 60), prices)
    let point = try #require(http.breakEven(with: direct).first { $0.quantity == .billedMilliseconds })
    #expect(point.variants == ["http", "direct"])
    #expect((point.cheaperBelow, point.cheaperAbove) == ("http", "direct"))
    // 2.30 dollars: 172,499 GB-seconds at 0.0000133334, of an eighth of a GB.
    let milliseconds = try #require(point.value)
    #expect(abs(milliseconds - 1379.99) < 0.01)
    #expect(
      point.sentence
        == "http costs as much as direct, $3.50 for a million requests, when an invocation is billed 0.1725 GB-seconds, "
        + "which is 1,380 ms at 128 MB (arm64); the average here was 60 ms.")
    // With exactly that duration, they cost the same.
    let there = variant("http", .http, use(milliseconds: Decimal(milliseconds)), prices)
    #expect(abs(there.cost.perMillion - direct.cost.perMillion) < 1e-9)
  }

  @Test("say so if the duration was given")
  func given() throws {
    let prices = try Prices.list()
    let use = FunctionUse(architecture: .arm64, memorySize: 128, isMeasured: false, runMilliseconds: 60)
    let sentences = variant("http", .http, use, prices).breakEven(with: variant("direct", .rest, nil, prices))
      .map(\.sentence)
    #expect(sentences.first?.hasSuffix("; the given duration is 60 ms.") == true)
    #expect(sentences.last?.hasPrefix("With the given duration, http is cheaper") == true)
  }

  @Test("depend on the architecture")
  func architecture() throws {
    let prices = try Prices.list()
    let points = variant("http", .http, use(milliseconds: 60, .x86_64), prices)
      .breakEven(with: variant("direct", .rest, nil, prices))
    #expect(abs(try #require(points.first?.value) - 1104) < 0.01)
  }

  @Test("don't exist behind the same API, where the function is an extra cost")
  func sameAPI() throws {
    let prices = try Prices.list()
    let points = variant("rest", .rest, use(milliseconds: 1), prices)
      .breakEven(with: variant("direct", .rest, nil, prices))
    #expect(points.map(\.value) == [nil, nil])
    #expect(points.allSatisfy { $0.cheaperBelow == "direct" && $0.cheaperAbove == "direct" })
    #expect(
      points.first?.sentence
        == "Whatever the billed duration, direct is cheaper: a million requests cost $3.50 with direct, and "
        + "$3.70 with rest before any GB-second.")
  }

  @Test("of volume don't exist for a short function behind an HTTP API, which is cheaper at any volume")
  func anyVolume() throws {
    let prices = try Prices.list()
    let points = variant("http", .http, use(milliseconds: 60), prices)
      .breakEven(with: variant("direct", .rest, nil, prices))
    try #require(points.map(\.quantity) == [.billedMilliseconds, .requestsPerMonth])
    #expect((points[1].value, points[1].cheaperBelow, points[1].cheaperAbove) == (nil, "http", "http"))
    #expect(
      points[1].sentence
        == "With the durations of this run, http is cheaper at any number of requests a month: $1.30 for the first "
        + "million with http, $3.50 with direct.")
  }

  @Test("of volume are where the tiers of the REST API make up the difference")
  func volume() throws {
    // Two dollars for a million invocations, and nothing for GB-seconds.
    let prices = try Prices.list(replacing: #""requestsPerMillion": 0.20"#, with: #""requestsPerMillion": 2.00"#)
    let direct = variant("direct", .rest, nil, prices)
    let http = variant("http", .http, use(milliseconds: 0), prices)
    let points = http.breakEven(with: direct).filter { $0.quantity == .requestsPerMonth }
    let point = try #require(points.first)
    #expect(points.count == 1)
    #expect((point.cheaperBelow, point.cheaperAbove) == ("http", "direct"))
    #expect(
      point.sentence
        == "With the durations of this run, http is cheaper up to 1,198 million requests a month, and direct above "
        + "that.")
    // A month's bills are equal there, but not a million requests before or after.
    let requests = Decimal(try #require(point.value))
    func difference(_ requests: Decimal) -> Decimal {
      http.tiers.cost(of: requests) + http.lambdaPerMillion * requests / 1_000_000 - direct.tiers.cost(of: requests)
    }
    #expect(abs(difference(requests).double) < 1e-6)
    #expect(difference(requests - 1_000_000) < 0)
    #expect(difference(requests + 1_000_000) > 0)
  }

  @Test("of volume can be at the end of a tier")
  func atTheEndOfATier() throws {
    let prices = try PriceList(
      parsing: Array(
        """
        {"date": "2027-01-31", "region": "r", "sources": ["s"], "pages": [{"service": "s", "url": "https://example.org"}],
         "restAPI": [{"upTo": 1000000, "perMillion": 3}, {"upTo": 2000000, "perMillion": 1}, {"perMillion": 0.5}],
         "httpAPI": [{"perMillion": 1}],
         "dynamoDB": {"writeRequestUnitsPerMillion": 1}, "lambda": {"requestsPerMillion": 1, "gigabyteSecond": {"x86_64": 0, "arm64": 0}}}
        """.utf8), from: "prices.json")
    let points = variant("http", .http, use(milliseconds: 60), prices)
      .breakEven(with: variant("direct", .rest, nil, prices))
    try #require(points.count == 2)
    // GB-seconds are free here, so the duration makes no difference.
    #expect((points[0].value, points[0].cheaperBelow) == (nil, "http"))
    #expect(points[1].value == 2_000_000)
    #expect((points[1].cheaperBelow, points[1].cheaperAbove) == ("http", "direct"))
  }

  @Test("exist only between a function and a direct integration")
  func others() throws {
    let prices = try Prices.list()
    let (direct, http) = (variant("direct", .rest, nil, prices), variant("http", .http, use(milliseconds: 60), prices))
    #expect(direct.breakEven(with: direct).isEmpty)
    #expect(direct.breakEven(with: http).isEmpty)
    #expect(http.breakEven(with: http).isEmpty)
  }
}
