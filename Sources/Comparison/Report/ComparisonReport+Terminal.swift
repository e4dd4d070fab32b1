extension ComparisonReport {
  /// The report as plain text for a terminal, with a newline at its end.
  ///
  /// - Parameter width: how many columns there are; fewer than 60 count as 60.
  public func terminalText(width: Int = 100) -> String {
    let width = max(width, 60)
    return outline.map { $0.lines(width: width).joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }
}

extension ReportBlock {
  fileprivate func lines(width: Int) -> [String] {
    switch self {
    case .title(let text): [text.uppercased()]
    case .heading(let text): [text.onOneLine, String(repeating: "-", count: text.count)]
    case .paragraph(let text): text.onOneLine.wrapped(to: width)
    case .warning(let text): "WARNING: \(text.onOneLine)".wrapped(to: width, hanging: 2)
    case .list(let items):
      items.flatMap { item in
        "- \(item.term.map { "\($0): " } ?? "")\(item.text)".onOneLine.wrapped(to: width, hanging: 2)
      }
    case .table(let table): table.lines(width: width)
    }
  }
}

extension String {
  /// The text in lines of at most so many characters, the later ones indented; a word that is too long is cut.
  func wrapped(to width: Int, hanging indent: Int = 0) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ", omittingEmptySubsequences: true) {
      var rest = word
      if !line.allSatisfy({ $0 == " " }), line.count + 1 + rest.count > width {
        lines.append(line)
        line = String(repeating: " ", count: indent)
      }
      if !line.allSatisfy({ $0 == " " }) { line += " " }
      while line.count + rest.count > width {
        let cut = rest.prefix(Swift.max(1, width - line.count))
        lines.append(line + cut)
        line = String(repeating: " ", count: indent)
        rest = rest.dropFirst(cut.count)
      }
      line += rest
    }
    return line.allSatisfy { $0 == " " } && !lines.isEmpty ? lines : lines + [line]
  }
}
