/// A wall-clock instant, in whole milliseconds since 1970-01-01T00:00:00Z, the unit of the Runtime API's deadlines.
package struct Timestamp: Hashable, Comparable, Sendable {
  /// Milliseconds since the Unix epoch.
  package let milliseconds: Int

  /// The instant this many milliseconds after the Unix epoch.
  package init(milliseconds: Int) {
    self.milliseconds = milliseconds
  }

  /// The instant a number of milliseconds later, or earlier when it is negative; saturating.
  package func advanced(byMilliseconds interval: Int) -> Timestamp {
    let (sum, overflow) = milliseconds.addingReportingOverflow(interval)
    return Timestamp(milliseconds: overflow ? (interval < 0 ? .min : .max) : sum)
  }

  /// The milliseconds from another instant to this one; saturating.
  package func milliseconds(since other: Timestamp) -> Int {
    let (difference, overflow) = milliseconds.subtractingReportingOverflow(other.milliseconds)
    return overflow ? (milliseconds < other.milliseconds ? .min : .max) : difference
  }

  /// Orders by time.
  package static func < (one: Timestamp, other: Timestamp) -> Bool {
    one.milliseconds < other.milliseconds
  }
}
