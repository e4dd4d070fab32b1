extension String {
  /// The text in quotation marks, for a message: a long one is cut, for whoever writes it chooses how long it is.
  package var quoted: String {
    let start = cut(to: 160)
    return start.utf8.count == utf8.count ? "\"\(start)\"" : "\"\(start)…\""
  }

  /// The first Unicode scalars of the text, so many at the most. A Character may be of any length.
  package func cut(to length: Int) -> String {
    String(unicodeScalars.prefix(length))
  }
}
