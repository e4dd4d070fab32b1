import Foundation
import Testing

@testable import Comparison

/// After an intended change, regenerate the files with `UPDATE_REPORT=1 swift test --filter ReportTextTests`.
@Suite("A report as text")
struct ReportTextTests {
  @Test("matches the committed text in the terminal")
  func terminal() throws {
    try expect(ComparisonReport.madeUp().terminalText(), asCommittedIn: "terminal.txt")
  }

  @Test("matches the committed Markdown")
  func markdown() throws {
    try expect(ComparisonReport.madeUp().markdown, asCommittedIn: "report.md")
  }

  private func expect(_ text: String, asCommittedIn name: String) throws {
    let file = ComparisonReport.folder.appending(path: "Golden/\(name)")
    if ProcessInfo.processInfo.environment["UPDATE_REPORT"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)))
  }

  @Test("fits the terminal, whatever it contains", arguments: OddReport.allCases, [100, 80, 60])
  func width(odd: OddReport, width: Int) throws {
    let lines = try odd.report().terminalText(width: width).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.filter { $0.count > width && !$0.contains("://") } == [])
    #expect(lines.filter { $0.hasSuffix(" ") } == [])
  }

  @Test("has no control characters except newlines", arguments: OddReport.allCases)
  func controls(odd: OddReport) throws {
    let report = try odd.report()
    for text in [report.terminalText(), report.markdown] {
      let controls = text.unicodeScalars.filter { $0.properties.generalCategory == .control && $0 != "\n" }
      #expect(controls.isEmpty)
    }
  }

  @Test("has the same number of cells in every row of a table", arguments: OddReport.allCases)
  func cells(odd: OddReport) throws {
    for block in try odd.report().markdown.components(separatedBy: "\n\n") where block.hasPrefix("|") {
      let rows = block.split(separator: "\n").map { $0.replacing("\\|", with: "").count { $0 == "|" } }
      #expect(Set(rows).count == 1, "\(block)")
    }
  }

  @Test("is rendered literally by Markdown")
  func escaping() {
    #expect("a_b aws_proxy _c_".markdown == "a_b aws_proxy \\_c\\_")
    #expect("<b>&amp;".markdown == "&lt;b&gt;&amp;amp;")
    #expect("`x` *y* [z](u) a|b $1 #2 \\".markdown == "\\`x\\` \\*y\\* \\[z\\](u) a\\|b \\$1 \\#2 \\\\")
    #expect("one\ntwo\u{1B}[0m".markdown == "one two \\[0m")
  }

  @Test("begins with warnings, if it is incomplete or unreliable")
  func alarms() throws {
    var report = try OddReport.incomplete.report()
    report.run.warnings = ["It was hot."]
    let alarms: [ReportBlock] = [
      .warning("Incomplete: interrupted after 210 of 1,000 requests."), .warning("It was hot."),
    ]
    #expect(Array(report.outline.dropFirst(2).prefix(2)) == alarms)
    #expect(report.markdown.contains("> **Warning:** It was hot."))
  }

  @Test("includes a variant's note in each format")
  func notes() throws {
    let note = "It takes names from the path, which the article doesn't."
    let report = try ComparisonReport.madeUp()
    #expect(report.variants.compactMap(\.note) == [note])
    let terminal = report.terminalText().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for text in [terminal, report.markdown, try report.json] { #expect(text.contains(note)) }
    #expect(report.html.contains(note.replacing("'", with: "&#39;")))
  }

  @Test("shows the cold starts of the warm-up and of the measurement, and their init phases")
  func coldStarts() throws {
    let report = try ComparisonReport.madeUp()
    #expect(
      report.coldStartTable?.rows == [
        ["function-rest", "closed loop, 8 workers", "3 (0.3 %)", "8", "71.20", "80.50"],
        ["function-http", "closed loop, 8 workers", "0", "8", "70.10", "78.25"],
        ["function-rest", "open loop, 100 requests a second, 8 workers", "3 (0.3 %)", "0", "69.40", "77.10"],
        ["function-http", "open loop, 100 requests a second, 8 workers", "0", "0", "–", "–"],
      ])
    for text in [report.terminalText(), report.markdown, report.html] { #expect(text.contains("78.25")) }
    #expect(try OddReport.deployed.report().coldStartTable == nil)
  }

  @Test("keeps sentences to a readable width, and lets tables use the whole width")
  func wide() throws {
    let lines = try OddReport.eightVariants.report().terminalText(width: 250).split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("- ") && $0.count > 100 } == [])
    #expect(lines.contains { $0.count > 150 })
  }

  @Test("matches the committed text in a narrower terminal")
  func narrow() throws {
    try expect(ComparisonReport.madeUp().terminalText(width: 80), asCommittedIn: "terminal-80.txt")
  }

  @Test("doesn't break significant words", arguments: [80, 100, 120])
  func words(width: Int) throws {
    var report = try ComparisonReport.madeUp()
    for index in report.behaviour.indices where report.behaviour[index].case == "extra members" {
      report.behaviour[index].case = "consumableResourcePropertiesOverride in the body"
    }
    let url = "https://abc123.execute-api.us-east-1.amazonaws.com/a-stage-with-a-long-name/jobs/q/d"
    try #require(!report.variants.isEmpty)
    report.variants[0].url = url
    let text = report.terminalText(width: width)
    #expect(text.contains(url))
    let words = Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    for word in ["quotes,", "backslashes", "newlines", "masked-failure", "0.0000166667", "arrayProperties"] {
      #expect(words.contains(word), "\(word)")
    }
    #expect(words.contains { $0.hasPrefix("consumableResource") })
    #expect(!text.contains(#/consumable\s|consumableResourceP\s|Propert\s/#))
  }

  @Test("splits the columns of a table that is too wide into even groups")
  func groups() {
    let table = ReportTable(
      columns: [.words("case")] + ["a", "b", "c", "d"].map { .words($0) },
      rows: [["an empty body", "400 problem 1/0", "400 problem 1/0", "400 problem 1/0", "400 problem 1/0"]])
    let lines = table.lines(width: 70)
    #expect(lines.count == 7)
    #expect(lines.filter { $0.contains("400 problem 1/0  400 problem 1/0") }.count == 2)
    #expect(table.lines(width: 90).count == 3)
  }

  @Test("breaks a word that is wider than the terminal, but never a URL")
  func wrapping() {
    #expect("a consumableResourceOverride".wrapped(to: 20) == ["a", "consumableResource", "Override"])
    #expect("see https://example.org/a b".wrapped(to: 8) == ["see", "https://example.org/a", "b"])
    #expect("template/direct/jobs".wrapped(to: 16) == ["template/direct/", "jobs"])
    #expect("aaaa bb cccccccccc d".wrapped(to: 6, hanging: 2) == ["aaaa", "  bb", "  cccc", "  cccc", "  cc d"])
    #expect("".wrapped(to: 6) == [""])
  }
}
