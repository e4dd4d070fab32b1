extension ReportTable {
  private static let gap = 2
  /// A column of words is not made narrower than this.
  private static let narrowest = 16

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
    return (columns[column].isNumeric ? max(cells, words) : min(natural, Self.narrowest))...natural
  }

  private func groups(_ rooms: [ClosedRange<Int>], width: Int) -> [[Int]] {
    var groups: [[Int]] = [[0]]
    for column in columns.indices.dropFirst() {
      let group = (groups.last ?? [0]) + [column]
      let needed = group.reduce(0) { $0 + rooms[$1].lowerBound + Self.gap } - Self.gap
      if needed > width, group.count > 2 {
        groups.append([0, column])
      } else {
        groups[groups.count - 1] = group
      }
    }
    return groups
  }

  /// The columns' widths: the widest column that can gives way first.
  private func widths(_ group: [Int], _ rooms: [ClosedRange<Int>], width: Int) -> [Int] {
    var widths = group.map { rooms[$0].upperBound }
    while widths.reduce(0, +) + Self.gap * (group.count - 1) > width {
      let pliable = group.indices.filter { widths[$0] > rooms[group[$0]].lowerBound }
      guard let widest = pliable.max(by: { widths[$0] < widths[$1] }) else { break }
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
