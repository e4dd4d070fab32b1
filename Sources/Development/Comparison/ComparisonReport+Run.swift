extension ComparisonReport {
  /// How, when and where a comparison was run.
  package struct Run: Codable, Hashable, Sendable {
    /// The start, as an RFC 3339 timestamp.
    package var date: String
    /// The command line that repeats the comparison.
    package var command: String
    /// Versions by component: `apigw-batch`, `swift`, `libcurl`, `os`.
    package var versions: [String: String]
    /// `release` or `debug`.
    package var build: String
    /// Cores, memory and architecture.
    package var machine: String
    /// How busy the machine was; nil where that can't be observed.
    package var load: MachineLoad?
    /// The date and the source of the prices.
    package var prices: String
    /// AWS's own price pages, where they can be checked.
    package var pricePages: [PricePage] = []
    /// The delay that was injected into Batch, in milliseconds.
    package var batchDelay: Int
    /// Notes for the reader, one sentence each.
    package var notes: [String]
    /// What makes the measurement less reliable, such as a debug build; one sentence each.
    package var warnings: [String]
    /// Why the comparison is incomplete, as in `interrupted after 210 of 1,000 requests`; nil when it isn't.
    package var incomplete: String?

    /// A run without results yet.
    package init(
      date: String, command: String, versions: [String: String], build: String, machine: String, prices: String,
      pricePages: [PricePage] = [], batchDelay: Int, warnings: [String]
    ) {
      self.date = date
      self.command = command
      self.versions = versions
      self.build = build
      self.machine = machine
      self.prices = prices
      self.pricePages = pricePages
      self.batchDelay = batchDelay
      self.notes = []
      self.warnings = warnings
    }
  }
}
