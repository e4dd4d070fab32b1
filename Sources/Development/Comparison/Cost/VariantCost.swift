internal import Foundation
internal import Platform

/// What requests cost with one variant: the API, and the function if it has one.
package struct VariantCost: Sendable {
  /// The variant's id.
  package let variant: String
  let api: PriceList.API
  let function: FunctionUse?
  /// Whether its function keeps idempotency keys.
  let keepsKeys: Bool
  private let prices: PriceList

  /// The number of requests that costs are given for.
  static let million: Decimal = 1_000_000

  /// The writes that a request with a key takes: one to claim the key, and one to store the response.
  private static let writesPerKey: Decimal = 2

  /// - Parameter function: what the function is billed for; nil for a direct integration.
  package init(
    variant: String, api: PriceList.API, function: FunctionUse?, keepsKeys: Bool = false, prices: PriceList
  ) {
    self.keepsKeys = keepsKeys
    self.variant = variant
    self.api = api
    self.function = function
    self.prices = prices
  }

  /// The report's entry for this variant.
  package var cost: ComparisonReport.Cost {
    let items = items
    return ComparisonReport.Cost(
      variant: variant, architecture: function?.architecture.rawValue,
      parts: items.map { .init(item: $0.item, formula: $0.formula, amount: $0.amount.double) },
      perMillion: items.reduce(Decimal()) { $0 + $1.amount }.double, keys: keys,
      billedMilliseconds: function?.billedMilliseconds.double, memorySize: function?.memorySize)
  }

  /// What a key with each request adds; nil if the variant keeps none.
  private var keys: ComparisonReport.Cost.Part? {
    guard keepsKeys else { return nil }
    let price = prices.writeRequestUnitsPerMillion
    return .init(
      item: "DynamoDB writes for keys", formula: "1,000,000 × \(Self.writesPerKey) × \(price.price) / 1,000,000",
      amount: (Self.writesPerKey * price).double)
  }

  /// The price tiers of the API's requests.
  var tiers: PriceList.Tiers { prices.requests[api] ?? PriceList.Tiers(tiers: []) }

  /// The price of a GB-second of the function; 0 without one.
  var gigabyteSecond: Decimal { function.flatMap { prices.gigabyteSecond[$0.architecture] } ?? 0 }

  /// The price of a million invocations, apart from their duration; 0 without a function.
  var lambdaRequestsPerMillion: Decimal { function == nil ? 0 : prices.lambdaRequestsPerMillion }

  /// What Lambda costs for a million requests, without volume discounts.
  var lambdaPerMillion: Decimal { lambdaItems.reduce(0) { $0 + $1.amount } }

  /// What the first million requests of a month cost.
  var perMillion: Decimal { tiers.cost(of: Self.million) + lambdaPerMillion }

  private typealias Item = (item: String, formula: String, amount: Decimal)

  private var items: [Item] {
    let slices = tiers.slices(of: Self.million)
    let formula = slices.map { "\($0.requests.grouped) × \($0.perMillion.price) / 1,000,000" }.joined(separator: " + ")
    return [("\(api.rawValue) API requests", formula, tiers.cost(of: Self.million))] + lambdaItems
  }

  private var lambdaItems: [Item] {
    guard let function else { return [] }
    let (million, price) = (Self.million, gigabyteSecond)
    let memory = "\(Decimal(function.memorySize).grouped) MB / 1,024 × \(price)"
    let (coldStarts, invocations) = (Decimal(function.coldStarts), Decimal(function.invocations))
    let items: [Item] = [
      (
        "Lambda requests", "1,000,000 × \(lambdaRequestsPerMillion.price) / 1,000,000", lambdaRequestsPerMillion
      ),
      (
        "Lambda GB-seconds (\(function.architecture.rawValue))",
        "1,000,000 × \(function.runMilliseconds.grouped) ms / 1,000 × \(memory)",
        million * function.runMilliseconds / 1000 * function.gigabytes * price
      ),
      (
        "Lambda GB-seconds of cold starts (\(function.architecture.rawValue))",
        "1,000,000 × \(coldStarts.grouped) of \(invocations.grouped) × "
          + "\(function.initMilliseconds.grouped) ms / 1,000 × \(memory)",
        million * coldStarts * function.initMilliseconds / 1000 * function.gigabytes * price / invocations
      ),
    ]
    // A given duration says nothing about cold starts.
    return function.isMeasured ? items : Array(items.dropLast())
  }
}
