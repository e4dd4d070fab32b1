internal import Foundation

/// A chart of latency by percentile, with a line for each variant.
struct LatencyChart {
  struct Line {
    /// The variant's index.
    var series: Int
    var latency: ComparisonReport.Latency

    /// The points of the curve that can be drawn.
    var points: [(share: Double, time: Double)] {
      latency.curve.filter { $0.count == 2 && $0.allSatisfy(\.isFinite) && $0[1] > 0 }.map { ($0[0], $0[1]) }
    }
  }

  private let lines: [Line]
  private let title: String
  private let id: String
  private let size: ChartSize
  private let times: LogarithmicScale
  private let percentiles: PercentileScale
  private let height: Double
  private let left = 52.0
  private let right: Double
  private let top = 30.0
  private let bottom: Double

  /// Nil without a curve.
  init?(lines: [Line], title: String, id: String, size: ChartSize) {
    self.lines = lines.filter { !$0.points.isEmpty }
    self.title = title
    self.id = "\(id)-\(size.name)"
    self.size = size
    height = size == .wide ? 364 : 304
    bottom = height - 28
    // On a wide screen, the names are next to the ends of their lines; make room for the longest.
    let letters = min(28, self.lines.map(\.latency.variant.count).max() ?? 0)
    right = size == .wide ? size.width - 24 - Double(letters) * 8 : size.width - 14
    let values = self.lines.flatMap { $0.points.map(\.time) }
    guard let times = LogarithmicScale(values: values, bottom: bottom, height: bottom - top) else { return nil }
    self.times = times
    let requests = self.lines.map(\.latency.requests).max() ?? 0
    percentiles = PercentileScale(requests: requests, left: left, width: right - left)
  }

  var markup: Markup {
    """
    <svg class="chart \(size.name)" viewBox="0 0 \(size.width) \(height)" role="img" \
    aria-labelledby="\(id)-title \(id)-text">
    <title id="\(id)-title">Latency by percentile, \(title)</title>
    <desc id="\(id)-text">\(description)</desc>
    <text class="axis" x="0" y="12">milliseconds, logarithmic</text>
    \(times.ticks.map(row))
    \(percentiles.ticks.map(column))
    \(lines.map(path))
    \(size == .wide ? labels : [])
    </svg>
    """
  }

  private var description: String {
    lines.map { line in
      let latency = line.latency
      let figures = [("p50", latency.p50), ("p99", latency.p99), ("max", latency.max)].compactMap { name, value in
        value.map { "\(name) \(Figure.time($0))" }
      }
      return "\(latency.variant): \(figures.joined(separator: ", "))."
    }.joined(separator: " ")
  }

  private func row(_ tick: Double) -> Markup {
    let y = times.y(tick)
    return """
      <line class="grid" x1="\(left)" y1="\(y)" x2="\(right)" y2="\(y)"/>\
      <text class="tick" x="\(left - 8)" y="\(y + 4)" text-anchor="end">\(name(of: tick))</text>
      """
  }

  /// The tick's value with as many decimals as it needs.
  private func name(of tick: Double) -> String {
    let places = (0...4).first { places in
      let scaled = tick * pow(10, Double(places))
      return abs(scaled - scaled.rounded()) < scaled * 1e-9
    }
    return Figure.decimal(tick, places: places ?? 5)
  }

  private func column(_ tick: (share: Double, name: String)) -> Markup {
    let x = percentiles.x(tick.share)
    return """
      <line class="grid" x1="\(x)" y1="\(top)" x2="\(x)" y2="\(bottom)"/>\
      <text class="tick" x="\(x)" y="\(bottom + 20)" text-anchor="\(tick.share == 1 ? "end" : "middle")">\(tick.name)</text>
      """
  }

  private func path(_ line: Line) -> Markup {
    let points = line.points.map { "\(percentiles.x($0.share)),\(times.y($0.time))" as Markup }
    return """
      <polyline class="line \(Swatch(index: line.series).style)" points="\(points)"/>
      """
  }

  /// The names next to the ends of the lines, moved apart where they would overlap.
  private var labels: [Markup] {
    let ends = lines.compactMap { line in line.points.last.map { (line: line, y: times.y($0.time)) } }
      .sorted { $0.y < $1.y }
    let places = Self.spread(ends.map(\.y), apart: 18, from: top, to: bottom)
    return zip(ends, places).map { end, y in
      return """
        <line class="leader" x1="\(right + 2)" y1="\(end.y)" x2="\(right + 14)" y2="\(y)"/>\
        <text class="name t\(end.line.series % 8)" x="\(right + 18)" y="\(y + 4)">\(end.line.latency.variant.cut(to: 28))</text>
        """
    }
  }

  /// Ascending positions, moved as little as needed to keep them `apart` and, if there's room, within the bounds.
  static func spread(_ places: [Double], apart: Double, from low: Double, to high: Double) -> [Double] {
    var spread: [Double] = []
    for place in places { spread.append(max(place, (spread.last ?? low - apart) + apart)) }
    var limit = high
    for index in spread.indices.reversed() {
      spread[index] = min(spread[index], limit)
      limit = spread[index] - apart
    }
    return spread
  }
}
