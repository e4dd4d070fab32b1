import Foundation
import LocalLambda
import Platform
import Testing

@testable import Comparison

@Suite("The cost of a variant")
struct VariantCostTests {
  /// A million submits by a function of 128 MB on arm64, 60 ms billed for each.
  private static let use = FunctionUse(architecture: .arm64, memorySize: 128, runMilliseconds: 60)

  @Test(
    "equals the worked example to the cent",
    arguments: [
      (PriceList.API.rest, nil, 3.50), (.rest, use, 3.80), (.http, use, 1.30),
    ] as [(PriceList.API, FunctionUse?, Double)])
  func example(api: PriceList.API, function: FunctionUse?, dollars: Double) throws {
    let cost = VariantCost(variant: "x", api: api, function: function, prices: try Prices.list()).cost
    #expect((cost.perMillion * 100).rounded() == (dollars * 100).rounded())
  }

  @Test("has Lambda's parts with a function, and none without one")
  func parts() throws {
    let prices = try Prices.list()
    let direct = VariantCost(variant: "direct", api: .rest, function: nil, prices: prices).cost
    #expect(direct.parts.map(\.item) == ["REST API requests"])
    #expect(direct.parts.map(\.formula) == ["1,000,000 × 3.50 / 1,000,000"])
    #expect((direct.perMillion, direct.architecture, direct.memorySize) == (3.5, nil, nil))
    #expect(direct.billedMilliseconds == nil)
    let http = VariantCost(variant: "http", api: .http, function: Self.use, prices: prices).cost
    try #require(
      http.parts.map(\.item) == [
        "HTTP API requests", "Lambda requests", "Lambda GB-seconds (arm64)", "Lambda GB-seconds of cold starts (arm64)",
      ])
    #expect(http.parts.map(\.amount) == [1, 0.2, 0.1000005, 0])
    #expect(http.parts[2].formula == "1,000,000 × 60 ms / 1,000 × 128 MB / 1,024 × 0.0000133334")
    // The bill shows that it has no cold starts.
    #expect(http.parts[3].formula == "1,000,000 × 0 of 1 × 0 ms / 1,000 × 128 MB / 1,024 × 0.0000133334")
    #expect(http.perMillion == 1.3000005)
    #expect((http.architecture, http.memorySize, http.billedMilliseconds) == ("arm64", 128, 60))
  }

  @Test("has two writes more for a request with a key, next to the sum")
  func keys() throws {
    let prices = try Prices.list()
    let cost = VariantCost(variant: "x", api: .http, function: Self.use, keepsKeys: true, prices: prices).cost
    #expect(cost.perMillion == 1.3000005)
    #expect(
      cost.keys
        == .init(
          item: "DynamoDB writes for keys", formula: "1,000,000 × 2 × 0.625 / 1,000,000", amount: 1.25))
    #expect(VariantCost(variant: "x", api: .http, function: Self.use, prices: prices).cost.keys == nil)
  }

  @Test("doesn't mention cold starts if the duration was given")
  func given() throws {
    let use = FunctionUse(architecture: .arm64, memorySize: 128, isMeasured: false, runMilliseconds: 60)
    let cost = VariantCost(variant: "x", api: .http, function: use, prices: try Prices.list()).cost
    #expect(cost.parts.map(\.item) == ["HTTP API requests", "Lambda requests", "Lambda GB-seconds (arm64)"])
  }

  @Test("includes the init phases of the cold starts, by their share")
  func coldStarts() throws {
    let reports = [
      (Duration.microseconds(100_010), Duration?.some(.microseconds(80_500))), (.microseconds(59_200), nil),
      (.microseconds(61_700), nil),
    ].map { duration, initDuration in
      InvocationReport(
        requestID: "1", duration: duration, initDuration: initDuration, memorySize: 256, maxMemoryUsed: 20, status: nil)
    }
    let use = try #require(FunctionUse(reports: reports, architecture: .x86_64))
    #expect((use.coldStarts, use.invocations, use.memorySize) == (1, 3, 256))
    #expect((use.runMilliseconds.description, use.initMilliseconds.description) == ("74.167", "80.5"))
    let cost = VariantCost(variant: "x", api: .http, function: use, prices: try Prices.list()).cost
    #expect(cost.parts.last?.item == "Lambda GB-seconds of cold starts (x86_64)")
    #expect(
      cost.parts.last?.formula == "1,000,000 × 1 of 3 × 80.5 ms / 1,000 × 256 MB / 1,024 × 0.0000166667")
    // The mean of what was billed: 101 ms.
    #expect(abs((cost.billedMilliseconds ?? 0) - 101) < 0.001)
    #expect(abs(cost.perMillion - (1 + 0.2 + 1e6 * 0.101 * 0.25 * 0.0000166667)) < 0.00001)
  }

  @Test("is unknown for a function without reports")
  func noReports() {
    #expect(FunctionUse(reports: [], architecture: .arm64) == nil)
  }

  @Test("is the sum of its parts, each of which equals the result of its formula", arguments: PriceList.API.allCases)
  func formulas(api: PriceList.API) throws {
    let use = FunctionUse(
      architecture: .x86_64, memorySize: 1769, invocations: 700, coldStarts: 9, runMilliseconds: Decimal(3.217),
      initMilliseconds: Decimal(81.25))
    // With a first tier below a million, so that a formula has two terms.
    let prices = try Prices.list(replacing: #"{"upTo": 3"#, with: #"{"upTo": 250000, "perMillion": 9.99}, {"upTo": 3"#)
    let cost = VariantCost(variant: "x", api: api, function: use, prices: prices).cost
    #expect(cost.parts.count == 4)
    for part in cost.parts {
      #expect(abs(Self.value(of: part.formula) - part.amount) < 1e-9, "\(part.formula)")
    }
    #expect(abs(cost.parts.map(\.amount).reduce(0, +) - cost.perMillion) < 1e-9)
  }

  /// Evaluates a formula as a reader would: sums of products and quotients, from left to right, ignoring units.
  private static func value(of formula: String) -> Double {
    formula.components(separatedBy: " + ").map { term in
      var (value, divides) = (1.0, false)
      for word in term.replacing(",", with: "").split(separator: " ") {
        if let number = Double(word) {
          value = divides ? value / number : value * number
        } else if ["×", "/", "of"].contains(word) {
          divides = word != "×"
        }
      }
      return value
    }.reduce(0, +)
  }
}
