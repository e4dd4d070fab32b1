extension ComparisonReport {
  /// What a million requests cost with one variant.
  package struct Cost: Codable, Hashable, Sendable {
    /// The variant's id.
    package var variant: String
    /// The processor architecture of the function; nil without a function.
    package var architecture: String?
    /// The parts, in the order of the bill.
    package var parts: [Part]
    /// Their sum, in US dollars for a million requests.
    package var perMillion: Double
    /// What an `Idempotency-Key` with each of the requests adds; nil if the variant keeps no keys.
    package var keys: Part? = nil
    /// The billed duration per invocation that it was computed with, in milliseconds; nil without a function.
    package var billedMilliseconds: Double?
    /// The function's memory in MB; nil without a function.
    package var memorySize: Int?

    /// One item of a bill.
    package struct Part: Codable, Hashable, Sendable {
      /// What is billed.
      package var item: String
      /// The formula with its numbers, such as `1,000,000 × 3.50 / 1,000,000`.
      package var formula: String
      /// US dollars for a million requests.
      package var amount: Double
    }
  }

  /// One of AWS's own price pages.
  package struct PricePage: Codable, Hashable, Sendable {
    /// The service whose prices it has.
    package var service: String
    /// Its address.
    package var url: String
    /// The day of the prices that were used, such as `2026-11-22`: the page may have newer ones.
    package var date: String
  }

  /// The point at which a function and a direct integration cost the same, if there is one.
  package struct BreakEven: Codable, Hashable, Sendable {
    /// The ids of the variant with the function and of the direct one.
    package var variants: [String]
    /// The quantity that is varied.
    package var quantity: Quantity
    /// The value at which both cost the same; nil if they never do.
    package var value: Double?
    /// The id of the variant that is cheaper below the value, and above it; nil when they cost the same.
    package var cheaperBelow, cheaperAbove: String?
    /// All of this in a sentence, with the numbers.
    package var sentence: String

    /// A quantity that costs depend on.
    package enum Quantity: String, Codable, Hashable, Sendable {
      /// The billed duration of an invocation in milliseconds, with the measured memory.
      case billedMilliseconds
      /// The requests a month, with the measured duration.
      case requestsPerMonth
    }
  }
}
