internal import Platform

extension Collection<UInt8> {
  /// Whether these are letters, digits, hyphens and underscores of ASCII, so many of them.
  func isName(length: ClosedRange<Int>) -> Bool {
    length.contains(count) && allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
  }
}
