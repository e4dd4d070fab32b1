/// A part of a report as text: the terminal and Markdown show the same ones.
enum ReportBlock: Hashable {
  case title(String)
  case heading(String)
  case paragraph(String)
  /// What a reader must not miss.
  case warning(String)
  /// Items, each with the words that it is found by, which may be none.
  case list([Item])
  case table(ReportTable)

  struct Item: Hashable {
    var term: String?
    var text: String

    init(_ term: String?, _ text: String) {
      self.term = term
      self.text = text
    }
  }
}
