internal import Platform

extension Collection<UInt8> {
  /// Whether these bytes are ASCII letters, digits, hyphens and underscores, and their count is in the range.
  func isName(length: ClosedRange<Int>) -> Bool {
    length.contains(count) && allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
  }
}
