extension String {
  /// The text in quotation marks, for a message: a long one is cut, for whoever writes it chooses how long it is.
  public var quoted: String {
    let limit = 160
    let start = String(unicodeScalars.prefix(limit))
    return start.utf8.count == utf8.count ? "\"\(start)\"" : "\"\(start)…\""
  }
}
