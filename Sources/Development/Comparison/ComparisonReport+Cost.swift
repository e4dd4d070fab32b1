extension ComparisonReport {
  /// What a million requests cost with one variant.
  package struct Cost: Codable, Hashable, Sendable {
    /// The variant's id.
    package var variant: String
    /// The processor architecture of the function; nil without a function.
    package var architecture: String?
    /// The parts, in the order in which they are added.
    package var parts: [Part]
    /// Their sum, in US dollars for a million requests.
    package var perMillion: Double
    /// The billed duration of an invocation that it was computed with, in milliseconds; nil without a function.
    package var billedMilliseconds: Double?
    /// The function's memory in MB; nil without a function.
    package var memorySize: Int?

    /// One item of a bill.
    package struct Part: Codable, Hashable, Sendable {
      /// What is paid for.
      package var item: String
      /// The formula with its numbers, such as `1,000,000 × 3.50 / 1,000,000`.
      package var formula: String
      /// US dollars for a million requests.
      package var amount: Double
    }
  }

  /// Where a function and a direct integration cost the same, or that they never do.
  package struct BreakEven: Codable, Hashable, Sendable {
    /// The ids of the variant with the function, and of the direct one.
    package var variants: [String]
    /// What has to change for it.
    package var quantity: Quantity
    /// How much of it makes them cost the same; nil when no amount does.
    package var value: Double?
    /// The id of the variant that is cheaper below the value, and above it; nil when they cost the same.
    package var cheaperBelow, cheaperAbove: String?
    /// All of this in a sentence, with its numbers.
    package var sentence: String

    /// What a cost depends on.
    package enum Quantity: String, Codable, Hashable, Sendable {
      /// The billed duration of an invocation in milliseconds, with the memory as it was measured.
      case billedMilliseconds
      /// The requests a month, with the duration as it was measured.
      case requestsPerMonth
    }
  }
}
