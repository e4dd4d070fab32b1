/// A table of a report; its first column names the rows.
struct ReportTable: Hashable {
  var columns: [Column]
  /// A cell may have several lines.
  var rows: [[String]]

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
