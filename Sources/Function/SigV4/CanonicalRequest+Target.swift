internal import Platform

extension CanonicalRequest {
  /// The canonical form of a path as it is sent: every byte except unreserved ones and slashes is percent-encoded.
  /// This encodes existing escapes a second time, as every service except S3 requires.
  ///
  /// The path must not contain empty segments, `.` or `..`, because signers remove them.
  package static func canonicalPath(_ path: String) -> String {
    path.isEmpty ? "/" : path.percentEncoded { $0.isUnreserved || $0 == UInt8(ascii: "/") }
  }

  /// The canonical form of a query as it is sent: names and values percent-encoded in the same way, sorted, and each
  /// name with a value, which may be empty.
  package static func canonicalQuery(_ query: String) -> String {
    var sorted: [String] = []
    for parameter in query.split(separator: "&") {
      let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let pair = "\(canonical(String(parts[0])))=\(parts.count > 1 ? canonical(String(parts[1])) : "")"
      // A query has few parameters, and a generic sort would be several kilobytes of code.
      sorted.insert(pair, at: sorted.firstIndex { precedes(pair, $0) } ?? sorted.endIndex)
    }
    return sorted.joined(separator: "&")
  }

  /// Whether a pair sorts before another: by name, then by value. The `=` between them is the lowest byte.
  private static func precedes(_ pair: String, _ other: String) -> Bool {
    func rank(_ byte: UInt8) -> UInt8 { byte == UInt8(ascii: "=") ? 0 : byte }
    return pair.utf8.lexicographicallyPrecedes(other.utf8) { rank($0) < rank($1) }
  }

  /// A text without a valid escape is taken for what it says.
  private static func canonical(_ text: String) -> String { (text.percentDecoded() ?? text).percentEncoded() }
}
