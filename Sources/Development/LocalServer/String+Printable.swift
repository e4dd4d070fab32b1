extension String {
  /// The text without control characters, which a caller could use to manipulate the terminal.
  package var printable: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
  }
}
