import Testing

@testable import Comparison

@Suite("A report as a page")
struct ReportPageTests {
  @Test("takes text for text, and numbers that can be drawn alone", arguments: OddReport.allCases)
  func escaping(odd: OddReport) throws {
    let html = try odd.report().html
    #expect(!html.contains("<script"))
    #expect(!html.contains("<img"))
    #expect(!html.contains("</style><"))
    #expect(html.firstRange(of: #/"(nan|-?inf)"|[ ,"](nan|inf)[ ,"]/#) == nil)
    for element in ["section", "table", "tr", "td", "th", "svg", "figure", "div", "ul", "ol", "li", "p", "dl", "span"] {
      let opened = html.matches(of: try Regex("<\(element)[ >]")).count
      #expect(opened == html.matches(of: try Regex("</\(element)>")).count, "\(element)")
    }
  }

  @Test("needs nothing from elsewhere", arguments: OddReport.allCases)
  func selfContained(odd: OddReport) throws {
    let html = try odd.report().html
    #expect(html.firstRange(of: #/(src|href)="(?!data:,")/#) == nil)
    #expect(html.firstRange(of: #/@import|url\(/#) == nil)
  }

  @Test("escapes what is interpolated, and no markup")
  func markup() {
    let markup: Markup = "<b title=\"\("\"'&")\">\("<i>" as String)\("<i>" as Markup)\(1)\(2.04)\(Double.nan)</b>"
    #expect(markup.html == "<b title=\"&quot;&#39;&amp;\">&lt;i&gt;<i>12.00.0</b>")
  }

  @Test("shows a curve for each variant that has one, and no chart without any")
  func curves() throws {
    let page = try ComparisonReport.madeUp().html
    // Four variants under two conditions, drawn wide and narrow.
    #expect(page.matches(of: #/<polyline/#).count == 16)
    #expect(try OddReport.noSuccess.report().html.matches(of: #/<polyline/#).isEmpty)
    #expect(try OddReport.noLatency.report().html.contains("Nothing was measured."))
    #expect(try OddReport.noCost.report().html.contains("No cost was computed."))
    #expect(try OddReport.noBehaviour.report().html.contains("No case was run."))
  }

  @Test("says where nobody could see what reached Batch")
  func unseen() throws {
    #expect(try OddReport.deployed.report().html.matches(of: #/Batch not seen/#).count == 72)
    #expect(try !ComparisonReport.madeUp().html.contains("Batch not seen"))
  }

  @Test("keeps the names of lines apart, within the drawing where there's room")
  func labels() {
    #expect(LatencyChart.spread([10, 12, 50], apart: 15, from: 0, to: 100) == [10, 25, 50])
    #expect(LatencyChart.spread([90, 95, 99], apart: 10, from: 0, to: 100) == [80, 90, 100])
    #expect(LatencyChart.spread([], apart: 10, from: 0, to: 100) == [])
  }

  @Test("draws times between round numbers, and as much for each nine more")
  func scales() throws {
    let times = try #require(LogarithmicScale(values: [3, 40, 0, .nan], bottom: 100, height: 100))
    #expect(times.ticks == [2, 5, 10, 20, 50])
    #expect(times.y(2) == 100)
    #expect(times.y(50) == 0)
    #expect(times.y(0.1) == 100)
    #expect(LogarithmicScale(values: [0, -1], bottom: 100, height: 100) == nil)
    #expect(try #require(LogarithmicScale(values: [0.001, 90_000], bottom: 100, height: 100)).ticks.count < 10)

    let percentiles = PercentileScale(requests: 1000, left: 10, width: 300)
    let places = [0, 0.9, 0.99, 1].map { percentiles.x($0).rounded() }
    #expect(places == [10, 110, 210, 310])
    #expect(percentiles.ticks.map(\.name) == ["p50", "p90", "p99", "max"])
    #expect(PercentileScale(requests: 0, left: 0, width: 1).ticks.map(\.name) == ["p50", "max"])
  }
}
