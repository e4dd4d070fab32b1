extension String {
  /// The text with a URL's user info, such as `user:password`, redacted, so that it reaches no log and no error.
  ///
  /// Everything between `://` and the last `@` is replaced: a password may contain any character, and what libcurl
  /// quotes is not always a valid URL. Without `://`, the redaction starts at the first quotation mark, or else at the
  /// last space.
  package var redactingUserInfo: String {
    guard let at = utf8.lastIndex(of: UInt8(ascii: "@")) else { return self }
    let before = utf8[..<at]
    let start =
      before.end(of: "://") ?? before.firstIndex { "'\"".utf8.contains($0) }.map(before.index(after:))
      ?? before.lastIndex(of: UInt8(ascii: " ")).map(before.index(after:)) ?? startIndex
    return "\(self[..<start])[redacted]\(self[at...])"
  }
}

extension Substring.UTF8View {
  /// The index after the first occurrence of a text.
  fileprivate func end(of text: StaticString) -> Index? {
    let count = text.utf8CodeUnitCount
    let wanted = UnsafeBufferPointer(start: text.utf8Start, count: count)
    return indices.first { self[$0...].starts(with: wanted) }.map { index($0, offsetBy: count) }
  }
}
