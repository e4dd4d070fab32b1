internal import Platform

/// The tag that marks a job with the request that it was submitted for.
package enum RequestTag {
  /// The tag's key.
  package static let name: StaticString = "apigw-batch:request"

  /// The prefix of this and any later tag of the function's own. A caller's tags can't begin with it: a job that isn't
  /// from a request must not be taken for it.
  static let reservedPrefix = "apigw-batch:"

  /// Whether a text goes on, after a hyphen, as the reserved prefix does.
  static func endsReservedPrefix(_ text: ArraySlice<UInt8>) -> Bool {
    text.count >= 6 && zip(text, "batch:".utf8).allSatisfy { $0.asciiLowercased == $1 }
  }

  /// Whether a tag's key begins with the reserved prefix, in any case.
  static func isReserved(_ key: [UInt8]) -> Bool {
    key.count >= reservedPrefix.utf8.count && zip(key, reservedPrefix.utf8).allSatisfy { $0.asciiLowercased == $1 }
  }
}
