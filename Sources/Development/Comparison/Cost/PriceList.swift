internal import Foundation
package import Platform

/// What AWS charges, in US dollars, as a file of one date and with its sources says.
package struct PriceList: Hashable, Sendable {
  /// What prices depend on, per kind of API.
  package enum API: String, Hashable, Sendable, CaseIterable {
    case rest = "REST"
    case http = "HTTP"
  }

  /// What a function runs on.
  package typealias Architecture = Platform.Architecture

  /// The day of the prices, such as `2026-11-22`.
  package let date: String
  /// The region that they hold for.
  package let region: String
  /// Where they were found.
  package let sources: [String]
  /// What requests to an API cost.
  let requests: [API: Tiers]
  /// What a million invocations cost, whatever they do.
  let lambdaRequestsPerMillion: Decimal
  /// What a gigabyte of memory costs for a second.
  let gigabyteSecond: [Architecture: Decimal]

  /// The date, the region and the sources in a line.
  package var summary: String { "\(date), \(region); \(sources.joined(separator: "; "))" }

  /// What the costs leave out, a sentence each.
  package static let omissions = [
    "SubmitJob itself is free. What the jobs cost is the same whoever submits them, and is left out.",
    "Logs, data transfer, free tiers, and Lambda's discounts for very many GB-seconds are left out.",
    "A request is priced as one: it's shorter than the 512 KB that HTTP APIs are metered in.",
  ]

  /// Prices that fall as the requests of a month rise.
  struct Tiers: Hashable, Sendable {
    /// The requests of a month up to a limit, and their price.
    struct Tier: Hashable, Sendable {
      /// The last request of the month that has this price; nil for no limit.
      let limit: Decimal?
      let perMillion: Decimal
    }

    /// Ascending, the last one without a limit.
    let tiers: [Tier]

    /// The requests of a month cut by their prices.
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

    /// What the requests of a month cost.
    func cost(of requests: Decimal) -> Decimal {
      slices(of: requests).reduce(0) { $0 + $1.requests * $1.perMillion / 1_000_000 }
    }

    /// What a million requests more cost, when a month has so many already.
    func perMillion(after requests: Decimal) -> Decimal {
      tiers.first { $0.limit.map { requests < $0 } ?? true }?.perMillion ?? 0
    }
  }
}
