/// A block of a report as text. The terminal and Markdown show the same blocks.
enum ReportBlock: Hashable {
  case title(String)
  case heading(String)
  case paragraph(String)
  /// Something that a reader must not miss.
  case warning(String)
  case list([Item])
  case table(ReportTable)

  /// An item of a list, with an optional term in front.
  struct Item: Hashable {
    var term: String?
    var text: String
    /// Whether the text is a command line.
    var isCommand: Bool

    init(_ term: String?, _ text: String, isCommand: Bool = false) {
      self.term = term
      self.text = text
      self.isCommand = isCommand
    }
  }
}

/// A table of a report. Its first column names the rows.
struct ReportTable: Hashable {
  var columns: [Column]
  /// The cells of each row; a cell may have several lines.
  var rows: [[String]]

  /// Whether there are rows without a head, which continue the previous row's group.
  var isGrouped: Bool { rows.contains { $0.first?.isEmpty == true } }

  struct Column: Hashable {
    var title: String
    /// Whether it contains numbers, which are right-aligned.
    var isNumeric = false

    /// A column of text.
    static func words(_ title: String) -> Column { Column(title: title) }

    /// A column of numbers.
    static func numbers(_ title: String) -> Column { Column(title: title, isNumeric: true) }
  }
}
