internal import Foundation

/// A bar chart of the bills, with a bar for each variant, divided into its items.
struct CostChart {
  private let cost: [ComparisonReport.Cost]
  private let size: ChartSize
  private let greatest: Double
  private let row = 52.0

  /// Nil when there's nothing to pay.
  init?(cost: [ComparisonReport.Cost], size: ChartSize) {
    let greatest = cost.map(\.perMillion).filter(\.isFinite).max() ?? 0
    guard greatest > 0 else { return nil }
    self.cost = cost
    self.size = size
    self.greatest = greatest
  }

  /// The kinds of items, in order of first appearance.
  private static func items(_ cost: [ComparisonReport.Cost]) -> [String] {
    var seen: Set<String> = []
    let kinds = cost.flatMap { cost in cost.parts.filter { $0.amount > 0 }.map { kind($0, of: cost) } }
    return kinds.filter { seen.insert($0).inserted }
  }

  /// The item without the architecture, which is part of the bar's title.
  private static func kind(_ part: ComparisonReport.Cost.Part, of cost: ComparisonReport.Cost) -> String {
    guard let architecture = cost.architecture, part.item.hasSuffix(" (\(architecture))") else { return part.item }
    return String(part.item.dropLast(architecture.count + 3))
  }

  /// The legend: the kinds of items with their colours.
  static func keys(_ cost: [ComparisonReport.Cost]) -> Markup {
    let items = items(cost).enumerated().map { index, item -> Markup in
      """
      <li><svg class="swatch" width="14" height="14" aria-hidden="true"><rect class="bar c\(index % 6)" width="14" \
      height="14" rx="2"/></svg><span>\(item)</span></li>
      """
    }
    return "<ul class=\"keys\">\(items)</ul>"
  }

  var markup: Markup {
    let text = cost.map { "\($0.title): \(Figure.dollars($0.perMillion))." }.joined(separator: " ")
    return """
      <svg class="chart \(size.name)" viewBox="0 0 \(size.width) \(row * Double(cost.count))" role="img" \
      aria-labelledby="cost-\(size.name)-title cost-\(size.name)-text">
      <title id="cost-\(size.name)-title">US dollars for a million requests</title>
      <desc id="cost-\(size.name)-text">\(text)</desc>
      \(cost.enumerated().map(bar))
      </svg>
      """
  }

  private func bar(_ index: Int, _ cost: ComparisonReport.Cost) -> Markup {
    let top = row * Double(index)
    let items = Self.items(self.cost)
    var x = 0.0
    var parts: [Markup] = []
    for part in cost.parts where part.amount > 0 && part.amount.isFinite {
      let width = size.width * part.amount / greatest
      let shade = items.firstIndex(of: Self.kind(part, of: cost)) ?? 0
      parts.append(
        """
        <rect class="bar c\(shade % 6)" x="\(x)" y="\(top + 24)" width="\(max(width - 1, 0.5))" height="14">\
        <title>\(part.item): \(Figure.dollars(part.amount))</title></rect>
        """)
      x += width
    }
    let letters = Int((size.width - 80) / 8)
    return """
      <text class="name" x="0" y="\(top + 16)">\(cost.title.cut(to: letters))</text>\
      <text class="sum" x="\(size.width)" y="\(top + 16)" text-anchor="end">\(Figure.amount(cost.perMillion))</text>
      \(parts)
      """
  }
}
