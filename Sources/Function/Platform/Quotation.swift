extension String {
  /// The text in quotation marks, for a message: truncated, because its length is up to the caller.
  package var quoted: String {
    let start = cut(to: 160)
    return start.utf8.count == utf8.count ? "\"\(start)\"" : "\"\(start)…\""
  }

  /// The first Unicode scalars of the text, at most `length` of them. A Character may be of any length.
  package func cut(to length: Int) -> String {
    String(unicodeScalars.prefix(length))
  }
}
