extension Collection<UInt8> {
  /// Whether these are letters, digits, hyphens and underscores of ASCII, so many of them.
  func isName(length: ClosedRange<Int>) -> Bool {
    length.contains(count) && allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
  }
}

extension UInt8 {
  var isAlphanumeric: Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= self || UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20
  }
}
