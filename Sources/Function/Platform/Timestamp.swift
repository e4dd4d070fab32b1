/// A wall-clock instant, in whole milliseconds since 1970-01-01T00:00:00Z, the unit of the Runtime API's deadlines.
package struct Timestamp: Comparable, Sendable {
  /// Milliseconds since the Unix epoch.
  package let milliseconds: Int

  /// The instant this many milliseconds after the Unix epoch.
  package init(milliseconds: Int) {
    self.milliseconds = milliseconds
  }

  /// The instant a duration later; saturating.
  package static func + (time: Timestamp, duration: Duration) -> Timestamp {
    let interval = duration.wholeMilliseconds
    let (sum, overflow) = time.milliseconds.addingReportingOverflow(interval)
    return Timestamp(milliseconds: overflow ? (interval < 0 ? .min : .max) : sum)
  }

  /// The instant a duration earlier; saturating.
  package static func - (time: Timestamp, duration: Duration) -> Timestamp {
    let interval = duration.wholeMilliseconds
    let (difference, overflow) = time.milliseconds.subtractingReportingOverflow(interval)
    return Timestamp(milliseconds: overflow ? (interval < 0 ? .max : .min) : difference)
  }

  /// The milliseconds from another instant to this one; saturating. A Duration would cost more than it's worth to
  /// libcurl, which counts in milliseconds.
  package func milliseconds(since other: Timestamp) -> Int {
    let (difference, overflow) = milliseconds.subtractingReportingOverflow(other.milliseconds)
    return overflow ? (self < other ? .min : .max) : difference
  }

  /// Orders by time.
  package static func < (one: Timestamp, other: Timestamp) -> Bool {
    one.milliseconds < other.milliseconds
  }
}

extension Duration {
  /// The duration in milliseconds, rounded toward zero; saturating.
  package var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    let (milliseconds, overflow) = Int(seconds).multipliedReportingOverflow(by: 1000)
    let (sum, overflowOfSum) = milliseconds.addingReportingOverflow(Int(attoseconds / 1_000_000_000_000_000))
    return overflow || overflowOfSum ? (seconds < 0 ? .min : .max) : sum
  }
}
