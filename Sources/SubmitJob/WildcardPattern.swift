/// A name in which `*` stands for any run of characters, as in an IAM policy.
struct WildcardPattern: Sendable {
  private let parts: [[UInt8]]
  /// Whether the pattern is for a name with its revision.
  let hasColon: Bool

  init(_ text: String) {
    parts = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
    hasColon = text.utf8.contains(UInt8(ascii: ":"))
  }

  /// Whether the whole of a name matches.
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
