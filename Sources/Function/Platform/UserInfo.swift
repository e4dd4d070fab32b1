extension String {
  /// The text without the user info of a URL in it, such as `user:password`: a log or an error must not hold it.
  ///
  /// Everything between `://` and the last `@` is replaced: a password may contain any character, and what libcurl
  /// quotes is not always a valid URL. Without `://`, from the first quotation mark on, or else from the last space.
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
  /// The index behind the first occurrence of a text.
  fileprivate func end(of text: StaticString) -> Index? {
    let count = text.utf8CodeUnitCount
    let wanted = UnsafeBufferPointer(start: text.utf8Start, count: count)
    return indices.first { self[$0...].starts(with: wanted) }.map { index($0, offsetBy: count) }
  }
}
