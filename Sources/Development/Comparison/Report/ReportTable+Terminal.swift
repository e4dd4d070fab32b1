extension ReportTable {
  private static let gap = 2
  /// A column of words is not made narrower than this, nor than a part of a word, unless that is longer than this.
  private static let (narrowest, longestPart) = (16, 24)

  /// The table in lines of at most so many characters. Columns that don't fit follow below, behind the first one again.
  func lines(width: Int) -> [String] {
    let rows = rows.map { $0.map { $0.split(separator: "\n").map { String($0).onOneLine } } }
    let rooms = columns.indices.map { room(of: $0, rows: rows) }
    return groups(rooms, width: width).enumerated().flatMap { index, group in
      (index == 0 ? [] : [""]) + lines(of: group, rows: rows, widths: widths(group, rooms, width: width))
    }
  }

  /// How narrow a column may be, and how wide it is by itself: a number is never cut, but its title may have lines.
  private func room(of column: Int, rows: [[[String]]]) -> ClosedRange<Int> {
    let title = columns[column].title
    let cells = rows.flatMap { $0[column] }.map(\.count).max() ?? 0
    let natural = max(cells, title.count)
    let words = title.split(separator: " ").map(\.count).max() ?? 0
    if columns[column].isNumeric { return max(cells, words)...natural }
    let texts = rows.flatMap { $0[column] } + [title.onOneLine]
    // Of a group's head there are more lines than one where rows go on below it: it may be as narrow as its words.
    let narrowest =
      isHead(column)
      ? texts.flatMap { $0.split(separator: " ").map(\.count) }.max() ?? 0
      : max(Self.narrowest, texts.map(\.longestPart).max() ?? 0)
    return min(natural, narrowest, Self.longestPart)...natural
  }

  /// Whether a column names groups of rows.
  private func isHead(_ column: Int) -> Bool { column == 0 && isGrouped }

  /// What gives way first: a group's head, then numbers, whose titles alone are wrapped, and words at last.
  private func rigidity(_ column: Int) -> Int {
    isHead(column) ? 0 : columns[column].isNumeric ? 1 : 2
  }

  /// The columns that stand side by side: as few groups as there can be, and as even.
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

  /// The columns' widths; of those that are as rigid the widest gives way first.
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
