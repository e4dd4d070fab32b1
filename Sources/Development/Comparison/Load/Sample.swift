/// What became of one request.
package struct Sample: Hashable, Sendable {
  /// The status of its answer; nil when there was none.
  package let status: Int?
  /// Why there was no answer; nil when there was one.
  package let failure: String?
  /// From when it should have been sent to the end of its answer, in milliseconds.
  package let milliseconds: Double
  /// From when it should have been sent to when it was, in milliseconds: it waited for a caller. Zero in a closed loop.
  package let lateness: Double

  /// Whether the answer was a 2xx.
  package var isSuccess: Bool { status.map { (200..<300).contains($0) } ?? false }
  /// What went wrong, in words that are the same for all that failed alike; nil for a success.
  var fault: String? { isSuccess ? nil : failure ?? status.map { "status \($0)" } }
}
