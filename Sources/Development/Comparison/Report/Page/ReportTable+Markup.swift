extension ReportTable {
  /// The table in its own box, which scrolls if it's wider than the page. On phones, each row is a block with a line
  /// for each cell, labelled with its column.
  func markup(caption: String) -> Markup {
    let heads = columns.map { column -> Markup in
      "<th scope=\"col\"\(column.isNumeric ? " class=\"number\"" : "" as Markup)>\(column.title)</th>"
    }
    let body = rows.enumerated().map { index, row -> Markup in
      let cells = zip(row, columns).enumerated().map { column, cell -> Markup in
        let lines = cell.0.split(separator: "\n").map { "\(String($0))" as Markup }
        let content: Markup = lines.count == 1 ? lines[0] : "\(lines.map { "<span>\($0)</span>" as Markup })"
        if column == 0 { return cell.0.isEmpty ? "<td class=\"head\"></td>" : "<th scope=\"row\">\(content)</th>" }
        let kind = [cell.1.isNumeric ? "number" : nil, cell.0.isEmpty ? "blank" : nil].compactMap(\.self)
        let style: Markup = kind.isEmpty ? "" : " class=\"\(kind.joined(separator: " "))\""
        return "<td\(style)><span class=\"who\">\(cell.1.title)</span><div>\(content)</div></td>"
      }
      // Rows without a head continue the previous row's group, which isn't split across pages.
      if row.first?.isEmpty == true { return "<tr class=\"more\">\(cells)</tr>" }
      return "\(index > 0 && isGrouped ? "</tbody><tbody>" : "" as Markup)<tr>\(cells)</tr>"
    }
    return """
      <div class="scroll" role="region" aria-label="\(caption)" tabindex="0"><table class="rows">
      <caption><span>\(caption)</span></caption>
      <thead><tr>\(heads)</tr></thead>
      <tbody>
      \(body)
      </tbody>
      </table></div>
      """
  }
}
