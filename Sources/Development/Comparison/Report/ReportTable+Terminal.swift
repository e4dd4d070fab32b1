extension ReportTable {
  private static let gap = 2
  /// A text column is at least `narrowest` wide, and at least as wide as its longest part of a word, up to
  /// `longestPart`.
  private static let (narrowest, longestPart) = (16, 24)

  /// The table in lines of at most `width` characters. Columns that don't fit follow below, with the first one
  /// repeated.
  func lines(width: Int) -> [String] {
    let rows = rows.map { $0.map { $0.split(separator: "\n").map { String($0).onOneLine } } }
    let rooms = columns.indices.map { room(of: $0, rows: rows) }
    return groups(rooms, width: width).enumerated().flatMap { index, group in
      (index == 0 ? [] : [""]) + lines(of: group, rows: rows, widths: widths(group, rooms, width: width))
    }
  }

  /// The minimum and natural width of a column. Numbers are never broken, but their titles may be.
  private func room(of column: Int, rows: [[[String]]]) -> ClosedRange<Int> {
    let title = columns[column].title
    let cells = rows.flatMap { $0[column] }.map(\.count).max() ?? 0
    let natural = max(cells, title.count)
    let words = title.split(separator: " ").map(\.count).max() ?? 0
    if columns[column].isNumeric { return max(cells, words)...natural }
    let texts = rows.flatMap { $0[column] } + [title.onOneLine]
    // A group's head has several lines available, so it may be as narrow as its longest word.
    let narrowest =
      isHead(column)
      ? texts.flatMap { $0.split(separator: " ").map(\.count) }.max() ?? 0
      : max(Self.narrowest, texts.map(\.longestPart).max() ?? 0)
    return min(natural, narrowest, Self.longestPart)...natural
  }

  /// Whether a column names groups of rows.
  private func isHead(_ column: Int) -> Bool { column == 0 && isGrouped }

  /// The order in which columns shrink: a group's head first, then numbers, of which only the titles wrap, then text.
  private func rigidity(_ column: Int) -> Int {
    isHead(column) ? 0 : columns[column].isNumeric ? 1 : 2
  }

  /// The columns that are shown side by side: as few groups as possible, of similar size.
  private func groups(_ rooms: [ClosedRange<Int>], width: Int) -> [[Int]] {
    let fits = { (group: [Int]) in group.reduce(-Self.gap) { $0 + rooms[$1].lowerBound + Self.gap } <= width }
    let others = Array(columns.indices.dropFirst())
    for size in others.indices.reversed().map({ $0 + 1 }) {
      let count = (others.count + size - 1) / size
      let even = (others.count + count - 1) / count
      let groups = stride(from: 0, to: others.count, by: even).map { [0] + others[$0..<min($0 + even, others.count)] }
      if groups.allSatisfy(fits) { return groups }
    }
    return others.isEmpty ? [[0]] : others.map { [0, $0] }
  }

  /// The columns' widths; among equally rigid columns, the widest shrinks first.
  private func widths(_ group: [Int], _ rooms: [ClosedRange<Int>], width: Int) -> [Int] {
    var widths = group.map { rooms[$0].upperBound }
    while widths.reduce(0, +) + Self.gap * (group.count - 1) > width {
      let pliable = group.indices.filter { widths[$0] > rooms[group[$0]].lowerBound }
      let order = { (index: Int) in (-rigidity(group[index]), widths[index]) }
      guard let widest = pliable.max(by: { order($0) < order($1) }) else { break }
      widths[widest] -= 1
    }
    return widths
  }

  private func lines(of group: [Int], rows: [[[String]]], widths: [Int]) -> [String] {
    let titles = group.map { [columns[$0].title.onOneLine] }
    let rules = widths.map { [String(repeating: "-", count: $0)] }
    return ([titles, rules] + rows.map { row in group.map { row[$0] } }).flatMap { cells in
      let wrapped = zip(cells, widths).map { lines, width in lines.flatMap { $0.wrapped(to: width) } }
      return (0..<(wrapped.map(\.count).max() ?? 0)).map { line in
        let fields = group.indices.map { index in
          let text = wrapped[index].indices.contains(line) ? wrapped[index][line] : ""
          let padding = String(repeating: " ", count: max(0, widths[index] - text.count))
          return columns[group[index]].isNumeric ? padding + text : text + padding
        }
        return fields.joined(separator: String(repeating: " ", count: Self.gap)).trimmingTrailingSpaces
      }
    }
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
  }
}
