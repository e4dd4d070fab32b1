internal import Foundation
package import Platform

/// What AWS charges, in US dollars, according to a dated file that names its sources.
package struct PriceList: Hashable, Sendable {
  /// A kind of API, which request prices depend on.
  package enum API: String, Hashable, Sendable, CaseIterable {
    case rest = "REST"
    case http = "HTTP"
  }

  /// What a function runs on.
  package typealias Architecture = Platform.Architecture

  /// The day of the prices, such as `2026-11-22`.
  package let date: String
  /// The region that the prices apply to.
  package let region: String
  /// Where the prices were found.
  package let sources: [String]
  /// AWS's own pages, where they can be checked.
  package let pages: [ComparisonReport.PricePage]
  /// The price of requests, by kind of API.
  let requests: [API: Tiers]
  /// The price of a million invocations, apart from their duration.
  let lambdaRequestsPerMillion: Decimal
  /// The price of a million write request units of DynamoDB, on demand: writes of at most 1 KB each.
  let writeRequestUnitsPerMillion: Decimal
  /// The price of a GB-second, by architecture.
  let gigabyteSecond: [Architecture: Decimal]

  /// The date, the region and the sources in a line.
  package var summary: String { "\(date), \(region); \(sources.joined(separator: "; "))" }

  /// What the costs leave out, a sentence each.
  package static let omissions = [
    "SubmitJob itself is free. The cost of the jobs doesn't depend on who submits them and is left out.",
    "Logs, data transfer, free tiers and Lambda's volume discounts for GB-seconds are left out.",
    "Each request is billed as one, because it is smaller than the 512 KB that HTTP APIs are metered in.",
    "An Idempotency-Key costs two writes to DynamoDB of less than 1 KB each. Those of repeated requests, storage and "
      + "backups are left out, and so is the time that the function waits for the writes.",
  ]

  /// Prices that fall as the number of requests in a month rises.
  struct Tiers: Hashable, Sendable {
    /// The price of a month's requests up to a limit.
    struct Tier: Hashable, Sendable {
      /// The last request of the month that has this price; nil for no limit.
      let limit: Decimal?
      let perMillion: Decimal
    }

    /// Ascending by limit; the last one has none.
    let tiers: [Tier]

    /// A month's requests, split by price.
    func slices(of requests: Decimal) -> [(requests: Decimal, perMillion: Decimal)] {
      var (slices, start) = ([(requests: Decimal, perMillion: Decimal)](), Decimal())
      for tier in tiers {
        let end = min(tier.limit ?? requests, requests)
        guard end > start else { break }
        slices.append((end - start, tier.perMillion))
        start = end
      }
      return slices
    }

    /// What a month's requests cost.
    func cost(of requests: Decimal) -> Decimal {
      slices(of: requests).reduce(0) { $0 + $1.requests * $1.perMillion / 1_000_000 }
    }

    /// What another million requests cost in a month that already has this many.
    func perMillion(after requests: Decimal) -> Decimal {
      tiers.first { $0.limit.map { requests < $0 } ?? true }?.perMillion ?? 0
    }
  }
}
