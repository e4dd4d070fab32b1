import Foundation
import JSONTree
import Platform
import Testing

@testable import Comparison

@Suite("A price list")
struct PriceListTests {
  @Test("names its date, its region and its sources")
  func summary() throws {
    let prices = try Prices.list()
    #expect(prices.date == "2026-11-22")
    #expect(prices.region == "us-east-1")
    #expect(prices.sources.count >= 2)
    #expect(prices.summary.hasPrefix("2026-11-22, us-east-1; "))
    // Secondary sources may be wrong: AWS's own pages are named as well.
    #expect(prices.pages.allSatisfy { $0.url.hasPrefix("https://aws.amazon.com/") && $0.date == prices.date })
    #expect(prices.pages.map(\.service).starts(with: ["API Gateway", "Lambda"]))
  }

  @Test("keeps the prices as they are written, to the last digit")
  func exact() throws {
    let prices = try Prices.list()
    #expect(prices.gigabyteSecond[.arm64]?.description == "0.0000133334")
    #expect(prices.gigabyteSecond[.x86_64]?.description == "0.0000166667")
    #expect(prices.lambdaRequestsPerMillion.description == "0.2")
  }

  /// Each tier's own requests at its own price, as the bill of a month adds them.
  @Test(
    "prices a month's requests tier by tier",
    arguments: [
      (PriceList.API.rest, 0, "0"), (.rest, 1, "3.5"), (.rest, 333, "1165.5"), (.rest, 334, "1168.3"),
      (.rest, 1_000, "3033.1"), (.rest, 20_000, "48253.1"), (.rest, 20_001, "48254.61"),
      (.http, 1, "1"), (.http, 300, "300"), (.http, 1_000, "930"),
    ])
  func tiers(api: PriceList.API, millions: Int, dollars: String) throws {
    let tiers = try #require(Prices.list().requests[api])
    #expect(tiers.cost(of: Decimal(millions) * 1_000_000).description == dollars)
  }

  @Test("can be another file of the same format")
  func replaced() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "prices-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    try """
    {"lambda": {"gigabyteSecond": {"arm64": 1e-5, "x86_64": 2e-5}, "requestsPerMillion": 0.25},
     "httpAPI": [{"perMillion": 1.29}], "restAPI": [{"perMillion": 4.25}], "sources": ["a bill"],
     "pages": [{"service": "all", "url": "https://aws.amazon.com/pricing/"}],
     "dynamoDB": {"writeRequestUnitsPerMillion": 0.715}, "region": "ap-northeast-1", "date": "2027-01-31"}
    """.write(to: file, atomically: true, encoding: .utf8)
    let prices = try PriceList(contentsOf: file.path)
    #expect(prices.summary == "2027-01-31, ap-northeast-1; a bill")
    #expect(prices.pages == [.init(service: "all", url: "https://aws.amazon.com/pricing/", date: "2027-01-31")])
    let direct = VariantCost(variant: "direct", api: .rest, function: nil, prices: prices)
    #expect(direct.cost.perMillion == 4.25)
  }

  @Test(
    "is rejected with the name of an invalid member",
    arguments: [
      (#""date": "2026-11-22""#, #""date": "November""#, "date: must be a date such as 2026-11-22"),
      (#""date": "2026-11-22""#, #""date": "2026-02-30""#, "date: must be a date such as 2026-11-22"),
      (#""date": "2026-11-22","#, "", "date: missing"),
      (#""region": "us-east-1""#, #""region": 1"#, "region: expected a string, found a number"),
      (
        #""pages""#, #""page""#,
        #"unknown member "page"; use date, region, sources, pages, restAPI, httpAPI, lambda, dynamoDB"#
      ),
      (#""service": "Lambda", "#, "", "pages[1].service: missing"),
      (
        "https://aws.amazon.com/lambda/", "aws.amazon.com/lambda/",
        "pages[1].url: must be a URL such as https://aws.amazon.com/lambda/pricing/"
      ),
      ("2.80", #""2.80""#, "restAPI[1].perMillion: expected a number, found a string"),
      (
        "2.80", "-2.80", #"restAPI[1].perMillion: must be a number from 0 to 1000000000000000, not "-2.80""#
      ),
      (
        "2.80", "1e300", #"restAPI[1].perMillion: must be a number from 0 to 1000000000000000, not "1e300""#
      ),
      ("2.80", "2000000", "restAPI[1].perMillion: must be a price of at most 1000000 US dollars, not 2000000"),
      (
        "1000000000,", "333000000,",
        "restAPI[1].upTo: must be a whole number of requests above 333000000, the previous limit"
      ),
      (#"{"upTo": 300000000, "perMillion": 1.00}"#, #"{"perMillion": 1.00}"#, "httpAPI[0].upTo: missing"),
      (
        #"{"perMillion": 0.90}"#, #"{"upTo": 5, "perMillion": 0.90}"#,
        #"httpAPI[1]: unknown member "upTo"; the last tier has no upper bound, so use only perMillion"#
      ),
      (#", "arm64": 0.0000133334"#, "", "lambda.gigabyteSecond.arm64: missing"),
      ("arm64", "arm46", #"lambda.gigabyteSecond: unknown member "arm46"; use x86_64, arm64"#),
      (#""requestsPerMillion": 0.20"#, #""requestsPerMillion": null"#, "lambda.requestsPerMillion: missing"),
      ("0.625", "-1", "dynamoDB.writeRequestUnitsPerMillion: must be a number from 0"),
      (#""lambda": {"#, #""lambda": 3, "x": {"#, #"unknown member "x"; use "#),
      (#""region":"#, #""region": "x", "region":"#, #"duplicate member "region"; remove one of them"#),
      (#""region""#, #"region"#, "not valid JSON: unexpected character at byte 28"),
    ])
  func wrong(old: String, new: String, message: String) {
    let error = #expect(throws: PriceListError.self) { try Prices.list(replacing: old, with: new) }
    #expect(error?.description.hasPrefix("prices.json: " + message) == true, "\(error?.description ?? "")")
  }

  @Test("is rejected with the file's name if it is missing")
  func missing() {
    let error = #expect(throws: PriceListError.self) { try PriceList(contentsOf: "/nowhere/prices.json") }
    #expect(error?.description == "/nowhere/prices.json: can't be read; use a file such as docs/prices.json")
  }
}
