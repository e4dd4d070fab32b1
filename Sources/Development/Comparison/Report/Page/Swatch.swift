/// How a variant is drawn: one of eight colours and one of four dash patterns.
struct Swatch {
  let index: Int

  /// The classes that give a line its colour and dash pattern.
  var style: String { "s\(index % 8) d\(index % 4)" }

  /// A short line in that colour and pattern.
  var markup: Markup {
    """
    <svg class="swatch" width="28" height="10" aria-hidden="true"><line class="line \(style)" x1="0" y1="5" x2="28" \
    y2="5"/></svg>
    """
  }
}

extension String {
  /// The text, truncated to at most `count` characters.
  func cut(to count: Int) -> String {
    self.count > count ? prefix(count - 1) + "…" : self
  }
}

/// The two sizes in which charts are drawn, so that their text is as large on a phone as on a wide screen.
enum ChartSize {
  case wide, narrow

  var width: Double { self == .wide ? 920 : 330 }
  var name: String { self == .wide ? "wide" : "narrow" }
}
