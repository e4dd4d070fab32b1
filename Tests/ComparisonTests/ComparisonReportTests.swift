import Foundation
import Testing

@testable import Comparison

@Suite("A report of a comparison")
struct ComparisonReportTests {
  @Test("names its marks as the documentation does")
  func marks() {
    #expect(
      ComparisonReport.Behaviour.Mark.allCases.map(\.rawValue) == ["masked-failure", "duplicate", "injected", "lost"])
  }
}
