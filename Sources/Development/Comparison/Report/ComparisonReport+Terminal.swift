extension ComparisonReport {
  /// The report as plain text for a terminal, with a newline at the end.
  ///
  /// No line is wider than `width`, except for URLs, which are never broken. Sentences are kept to a readable width.
  ///
  /// - Parameter width: the number of columns; values below 60 are raised to 60.
  package func terminalText(width: Int = 100) -> String {
    let width = max(width, 60)
    return outline.map { $0.lines(width: width).joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }
}

extension ReportBlock {
  private static let widestSentence = 100

  fileprivate func lines(width columns: Int) -> [String] {
    let width = min(columns, Self.widestSentence)
    return switch self {
    case .title(let text): [text.uppercased()]
    case .heading(let text): [text.onOneLine, String(repeating: "-", count: text.count)]
    case .paragraph(let text): text.onOneLine.wrapped(to: width)
    case .warning(let text): "WARNING: \(text.onOneLine)".wrapped(to: width, hanging: 2)
    case .list(let items):
      items.flatMap { item in
        "- \(item.term.map { "\($0): " } ?? "")\(item.text)".onOneLine.wrapped(to: width, hanging: 2)
      }
    case .table(let table): table.lines(width: columns)
    }
  }
}
