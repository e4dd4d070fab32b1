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
    if query.isEmpty { return "" }
    let parameters = query.split(separator: "&").map { parameter in
      let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (name: canonical(String(parts[0])), value: parts.count > 1 ? canonical(String(parts[1])) : "")
    }
    return parameters.sorted { ($0.name, $0.value) < ($1.name, $1.value) }.map { "\($0.name)=\($0.value)" }
      .joined(separator: "&")
  }

  /// A text without a valid escape is taken for what it says.
  private static func canonical(_ text: String) -> String { (text.percentDecoded() ?? text).percentEncoded() }
}
