/// The summary of a run of all sample events.
struct EventSummary {
  private var counts: [EventTable.Outcome: Int] = [:]
  private var differences: [String] = []

  /// Whether every event had the outcome in the table.
  var isAsExpected: Bool { differences.isEmpty }

  /// Adds the outcome of an event.
  mutating func add(_ name: String, _ outcome: EventTable.Outcome, expected: EventTable.Outcome?) {
    counts[outcome, default: 0] += 1
    guard let expected else {
      differences.append("\(name): \(outcome), and events/README.md has no row for it")
      return
    }
    if outcome != expected { differences.append("\(name): \(outcome) instead of \(expected)") }
  }

  /// The summary's lines: one for each event with an unexpected outcome, then the total.
  var lines: [String] {
    let total = counts.values.reduce(0, +)
    let parts = counts.sorted { "\($0.key)" < "\($1.key)" }.map { "\($0.value) × \($0.key)" }
    let verdict =
      isAsExpected
      ? "all as events/README.md says" : "\(differences.count) not as events/README.md says"
    return differences + ["\(total) event\(total == 1 ? "" : "s"): \(verdict) (\(parts.joined(separator: ", ")))"]
  }
}
