/// A table of a report; its first column names the rows.
struct ReportTable: Hashable {
  var columns: [Column]
  /// A cell may have several lines.
  var rows: [[String]]

  /// Whether rows without a head go on with the one before.
  var isGrouped: Bool { rows.contains { $0.first?.isEmpty == true } }

  struct Column: Hashable {
    var title: String
    /// Whether it holds numbers, which are aligned at the right.
    var isNumeric = false

    /// A column of words.
    static func words(_ title: String) -> Column { Column(title: title) }

    /// A column of numbers.
    static func numbers(_ title: String) -> Column { Column(title: title, isNumeric: true) }
  }
}
