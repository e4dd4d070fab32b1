extension ComparisonReport {
  /// How, when and where a comparison was run.
  public struct Run: Codable, Hashable, Sendable {
    /// The start, RFC 3339.
    public var date: String
    /// The command that makes it again.
    public var command: String
    /// What was run, by name: `apigw-batch`, `swift`, `libcurl`, `os`.
    public var versions: [String: String]
    /// `release` or `debug`.
    public var build: String
    /// Cores, memory and architecture.
    public var machine: String
    /// The date and the source of the prices.
    public var prices: String
    /// The delay that was injected into Batch, in milliseconds.
    public var batchDelay: Int
    /// What a reader has to know, a sentence each.
    public var notes: [String]
    /// What goes wrong with the measurement, such as a debug build; a sentence each.
    public var warnings: [String]
    /// Why the comparison is incomplete, as in `interrupted after 210 of 1,000 requests`; nil when it isn't.
    public var incomplete: String?

    /// A run that has found nothing yet.
    public init(
      date: String, command: String, versions: [String: String], build: String, machine: String, prices: String,
      batchDelay: Int, warnings: [String]
    ) {
      self.date = date
      self.command = command
      self.versions = versions
      self.build = build
      self.machine = machine
      self.prices = prices
      self.batchDelay = batchDelay
      self.notes = []
      self.warnings = warnings
    }
  }
}
