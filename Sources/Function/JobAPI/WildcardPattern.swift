internal import Platform

/// A name in which `*` matches any run of characters, as in an IAM policy.
struct WildcardPattern: Sendable {
  private let parts: [[UInt8]]
  /// Whether the pattern has a colon, and therefore matches names with revisions.
  let hasRevision: Bool

  /// Nil if no name can match: the name has characters other than letters, digits, `-`, `_` and `*`, or the revision
  /// after the colon has characters other than digits and `*`, or a leading zero.
  init?(_ text: String) {
    let fields = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard let name = fields.first, fields.count <= 2, !fields.contains(where: \.isEmpty),
      name.allSatisfy({ $0.isAlphanumeric || "-_*".utf8.contains($0) })
    else { return nil }
    hasRevision = fields.count == 2
    if hasRevision {
      guard fields[1].first != UInt8(ascii: "0"), fields[1].allSatisfy({ $0.isDigit || $0 == UInt8(ascii: "*") }) else {
        return nil
      }
    }
    parts = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
  }

  /// Whether a whole name matches.
  func matches(_ name: String) -> Bool {
    var rest = Array(name.utf8)[...]
    guard let first = parts.first, let last = parts.last, rest.starts(with: first) else { return false }
    if parts.count == 1 { return rest.count == first.count }
    rest = rest.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let start = rest.indices.first(where: { rest[$0...].starts(with: part) }) else { return false }
      rest = rest[(start + part.count)...]
    }
    return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
  }
}
