/// How a variant is drawn: a colour and a dash, of which there are eight and four.
struct Swatch {
  let index: Int

  /// The class that gives a line its colour and its dash.
  var style: String { "s\(index % 8) d\(index % 4)" }

  /// A short line of that colour and dash.
  var markup: Markup {
    """
    <svg class="swatch" width="28" height="10" aria-hidden="true"><line class="line \(style)" x1="0" y1="5" x2="28" \
    y2="5"/></svg>
    """
  }
}

extension String {
  /// The text, or its beginning where it's longer than so many characters.
  func cut(to count: Int) -> String {
    self.count > count ? prefix(count - 1) + "…" : self
  }
}

/// Charts are drawn twice, so that their letters are as large on a phone as on a desk.
enum ChartSize {
  case wide, narrow

  var width: Double { self == .wide ? 920 : 330 }
  var name: String { self == .wide ? "wide" : "narrow" }
}
