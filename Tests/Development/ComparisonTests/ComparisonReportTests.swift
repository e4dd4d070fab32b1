import Foundation
import Platform
import Testing

@testable import Comparison

@Suite("A comparison report")
struct ComparisonReportTests {
  @Test(
    "has a readable date",
    arguments: [
      ("2026-11-26T13:40:14.530Z", "2026-11-26 13:40 UTC"), ("2026-11-26T09:30:00Z", "2026-11-26 09:30 UTC"),
      ("2026-11-26T09:30:00+01:00", "2026-11-26T09:30:00+01:00"), ("yesterday at ten to 5", "yesterday at ten to 5"),
    ])
  func date(date: String, text: String) throws {
    var report = try ComparisonReport.madeUp()
    report.run.date = date
    #expect(report.run.dateText == text)
  }

  @Test("can read the clock's dates")
  func clock() throws {
    var report = try ComparisonReport.madeUp()
    report.run.date = WallClock.system.now.rfc3339
    #expect(report.run.dateText.wholeMatch(of: #/\d{4}-\d\d-\d\d \d\d:\d\d UTC/#) != nil)
  }

  @Test("names its marks as the documentation does")
  func marks() throws {
    #expect(
      ComparisonReport.Behaviour.Mark.allCases.map(\.rawValue) == [
        "masked-failure", "duplicate", "injected", "lost", "ignored", "leaked",
      ])
    let readme = try String(contentsOfFile: packageRoot + "/README.md", encoding: .utf8)
    for mark in ComparisonReport.Behaviour.Mark.allCases { #expect(readme.contains("(`\(mark.rawValue)`)"), "\(mark)") }
  }
}
