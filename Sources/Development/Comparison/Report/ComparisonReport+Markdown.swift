extension ComparisonReport {
  /// The report in GitHub's Markdown, with a newline at the end.
  package var markdown: String {
    outline.map(\.markdown).joined(separator: "\n\n") + "\n"
  }
}

extension ReportBlock {
  fileprivate var markdown: String {
    switch self {
    case .title(let text): "# \(text.markdown)"
    case .heading(let text): "## \(text.markdown)"
    case .paragraph(let text): text.markdown
    case .warning(let text): "> **Warning:** \(text.markdown)"
    case .list(let items):
      items.map { item in
        "- " + (item.term.map { "**\($0.markdown)**: " } ?? "") + item.text.markdown
      }.joined(separator: "\n")
    case .table(let table): table.markdown
    }
  }
}

extension ReportTable {
  fileprivate var markdown: String {
    let rules = columns.map { $0.isNumeric ? "---:" : "---" }
    let cells = rows.map { row in
      row.map { $0.split(separator: "\n").map { String($0).markdown }.joined(separator: "<br>") }
    }
    return ([columns.map(\.title.markdown), rules] + cells)
      .map { "| \($0.joined(separator: " | ")) |" }
      .joined(separator: "\n")
  }
}

extension String {
  /// The text, escaped so that Markdown renders it literally.
  var markdown: String {
    var text = ""
    let characters = Array(onOneLine)
    for (index, character) in characters.enumerated() {
      switch character {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "_":
        // Within a word it isn't emphasis, and `aws_proxy` is easier to read without a backslash.
        let neighbours = [index - 1, index + 1].filter(characters.indices.contains).map { characters[$0] }
        let isWithinWord = neighbours.count == 2 && neighbours.allSatisfy { $0.isLetter || $0.isNumber }
        text += isWithinWord ? "_" : "\\_"
      case "\\", "`", "*", "[", "]", "|", "~", "#", "$": text += "\\\(character)"
      default: text.append(character)
      }
    }
    return text
  }
}
