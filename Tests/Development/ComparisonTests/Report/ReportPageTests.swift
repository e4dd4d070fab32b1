import Testing

@testable import Comparison

@Suite("A report as a page")
struct ReportPageTests {
  @Test("escapes all text, and draws only finite numbers", arguments: OddReport.allCases)
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

  @Test("is self-contained", arguments: OddReport.allCases)
  func selfContained(odd: OddReport) throws {
    let html = try odd.report().html
    #expect(html.firstRange(of: #/(src|href)="(?!data:,")/#) == nil)
    #expect(html.firstRange(of: #/@import|url\(/#) == nil)
  }

  @Test("escapes interpolated text but not interpolated markup")
  func markup() {
    let markup: Markup = "<b title=\"\("\"'&")\">\("<i>" as String)\("<i>" as Markup)\(1)\(2.04)\(Double.nan)</b>"
    #expect(markup.html == "<b title=\"&quot;&#39;&amp;\">&lt;i&gt;<i>12.00.0</b>")
  }

  @Test("shows a curve for each variant that has one, and no chart if none has")
  func curves() throws {
    let page = try ComparisonReport.madeUp().html
    // Four variants under two conditions, drawn wide and narrow.
    #expect(page.matches(of: #/<polyline/#).count == 16)
    #expect(try OddReport.noSuccess.report().html.matches(of: #/<polyline/#).isEmpty)
    #expect(try OddReport.noLatency.report().html.contains("Nothing was measured."))
    #expect(try OddReport.noCost.report().html.contains("No cost was computed."))
    #expect(try OddReport.noBehaviour.report().html.contains("No case was run."))
  }

  @Test("says where Batch could not be observed")
  func unseen() throws {
    #expect(try OddReport.deployed.report().html.matches(of: #/Batch not seen/#).count == 76)
    #expect(try !ComparisonReport.madeUp().html.contains("Batch not seen"))
  }

  @Test("keeps the names of lines apart, and within the drawing if there's room")
  func labels() {
    #expect(LatencyChart.spread([10, 12, 50], apart: 15, from: 0, to: 100) == [10, 25, 50])
    #expect(LatencyChart.spread([90, 95, 99], apart: 10, from: 0, to: 100) == [80, 90, 100])
    #expect(LatencyChart.spread([], apart: 10, from: 0, to: 100) == [])
  }

  @Test("uses the whole height for any range of times")
  func times() throws {
    for values in [
      [0.21, 0.24], [3, 40, 0, .nan], [51.2, 78], [53, 62], [232, 1317], [22317, 133_332], [0.001, 90_000],
    ] {
      let (least, greatest) = (try #require(values.filter { $0 > 0 }.min()), values.reduce(0, max))
      let times = try #require(LogarithmicScale(values: values, bottom: 300, height: 246))
      #expect(times.y(least) - times.y(greatest) > 0.9 * 246)
      #expect((54...300).contains(times.y(greatest)) && (54...300).contains(times.y(least)))
      #expect(times.ticks.count >= 3, "\(values)")
      let places = times.ticks.map(times.y)
      #expect(zip(places, places.dropFirst()).allSatisfy { $0 - $1 >= 17.9 })
    }
    #expect(try #require(LogarithmicScale(values: [3, 40], bottom: 300, height: 246)).ticks == [5, 10, 20])
    #expect(LogarithmicScale(values: [0, -1], bottom: 100, height: 100) == nil)
  }

  @Test("doesn't exaggerate times that are nearly equal")
  func narrow() throws {
    let times = try #require(LogarithmicScale(values: [50, 50.5], bottom: 300, height: 246))
    #expect((20...30).contains(times.y(50) - times.y(50.5)))
    #expect(times.ticks.count >= 3)
    #expect(try #require(LogarithmicScale(values: [7], bottom: 300, height: 246)).y(7).rounded() == 177)
  }

  @Test("labels round times with as many decimals as they need")
  func ticks() throws {
    var report = try ComparisonReport.madeUp()
    for index in report.latency.indices { report.latency[index].curve = [[0, 0.21], [1, 0.29]] }
    let names = report.html.matches(of: #/<text class="tick"[^>]*text-anchor="end">([\d.]+)</#).map(\.1)
    #expect(Set(names) == ["0.22", "0.24", "0.26", "0.28"])
  }

  @Test("may break a long word between its parts")
  func breaks() {
    #expect(Markup(breaking: "containerOverrides & <ARN>").html == "container<wbr>Overrides &amp; &lt;ARN&gt;")
    #expect(Markup(breaking: "mine/direct").html == "mine/<wbr>direct")
    #expect(Markup(breaking: "").html == "")
  }

  @Test("gives each additional nine the same width")
  func percentiles() throws {
    let percentiles = PercentileScale(requests: 1000, left: 10, width: 300)
    let places = [0, 0.9, 0.99, 0.999, 1].map { percentiles.x($0).rounded() }
    // The maximum has a place of its own.
    #expect(places == [10, 93, 175, 258, 310])
    #expect(percentiles.ticks.map(\.name) == ["p50", "p90", "p99", "p99.9", "max"])
  }

  @Test("has a tick for p99, whatever the number of requests", arguments: [920.0, 264])
  func p99(width: Double) {
    func ticks(_ requests: Int) -> [String] {
      PercentileScale(requests: requests, left: 0, width: width).ticks.map(\.name)
    }
    #expect(ticks(100) == ["p50", "p90", "p99", "max"])
    #expect(ticks(200) == ["p50", "p90", "p99", "max"])
    // Their 99th percentile is the slowest one.
    #expect(ticks(40) == ["p50", "p90", "p99, max"])
    #expect(ticks(0) == ["p50", "p90", "p99, max"])
    #expect(ticks(1_000_000).prefix(3) == ["p50", "p90", "p99"])
    #expect(ticks(1_000_000).suffix(2) == ["p99.99", "max"])
    // Labels don't touch.
    for requests in [1, 40, 100, 200, 500, 1000, 20_000, 1_000_000] {
      let scale = PercentileScale(requests: requests, left: 0, width: width)
      let places = scale.ticks.map { scale.x($0.share) }
      #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 >= 24 }, "\(requests)")
    }
  }
}
