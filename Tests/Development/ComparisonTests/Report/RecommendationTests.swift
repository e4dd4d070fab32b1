import Testing

@testable import Comparison

@Suite("A recommendation")
struct RecommendationTests {
  private func report(_ change: (inout ComparisonReport) throws -> Void = { _ in }) throws -> ComparisonReport {
    var report = try ComparisonReport.madeUp()
    try change(&report)
    return report
  }

  @Test("is the cheapest variant without a mark, and ends the verdict with three questions")
  func cheapest() throws {
    let verdict = try report().verdict
    #expect(verdict.suffix(2).map(\.name) == ["Recommendation", "Three questions that would change it"])
    #expect(
      verdict.dropLast().last?.sentences == [
        "Use function-http: of function-rest, function-http and direct, which have no marks, it costs least "
          + "($1.33 a million requests).",
        "Its p50 is that of direct, within the noise.",
      ])
    #expect(
      verdict.last?.sentences == [
        "Do you need what only a REST API has: API keys, usage plans, AWS WAF, request validation or a private API? "
          + "Then use direct ($3.50 a million requests).",
        "Must there be no function: no runtime to patch, and no cold start to wait for? Then use direct "
          + "($3.50 a million requests).",
        "Will an invocation be billed 1,104 ms or more (here 63.8 ms), because Batch responds more slowly or the "
          + "function has less memory? Then direct costs less.",
      ])
  }

  @Test("follows the marks, whatever the cost")
  func marks() throws {
    let report = try report { report in
      for index in report.behaviour.indices where report.behaviour[index].variant.hasPrefix("function") {
        report.behaviour[index].marks = [.duplicate]
      }
    }
    #expect(
      report.recommendation.first
        == "Use direct: it is the only variant without a mark ($3.50 a million requests).")
    #expect(report.questions.count == 3)
    #expect(
      report.questions[0].hasSuffix(
        "Then use an HTTP API, of which this run has none without a mark, if that costs less."))
    #expect(report.questions[1].hasSuffix("Then use a function, of which this run has none without a mark."))
  }

  @Test("leaves those without a function a variant that is only marked for requests with a key")
  func keys() throws {
    let report = try report { report in try report.markForKey(["direct", "direct-minimal"]) }
    #expect(
      report.recommendation.first
        == "Use function-http: of function-rest and function-http, which have no marks, it costs least "
        + "($1.33 a million requests).")
    #expect(
      report.questions[1].hasSuffix(
        "Then use direct ($3.50 a million requests), if callers can do without an Idempotency-Key."))
  }

  @Test("says what a variant without a function leaves to callers, if it is marked for jobs")
  func jobs() throws {
    var report = try report { report in
      try report.markForKey(["direct", "direct-minimal"])
      try report.markForJobs(["direct"], .leaked)
    }
    #expect(
      report.questions[1].hasSuffix(
        "Then use direct ($3.50 a million requests), if callers can do without an Idempotency-Key and may see and end "
          + "jobs that aren't theirs."))
    report = try self.report { report in try report.markForJobs(["direct"], .lost) }
    #expect(
      report.questions[1].hasSuffix(
        "Then use direct ($3.50 a million requests), if callers can do without seeing and ending jobs."))
  }

  @Test("says by how much the times differ beyond the noise")
  func latency() throws {
    let report = try report { report in
      (report.latency[1].p50, report.latency[1].p50Interval) = (70, .init(low: 69, high: 71))
    }
    #expect(report.recommendation.last == "Its p50 is 8.70 ms above that of direct.")
  }

  @Test("is missing if every variant is marked, or if the run doesn't decide")
  func undecided() throws {
    var report = try report { report in
      for index in report.behaviour.indices where report.behaviour[index].case == "a good submit" {
        report.behaviour[index].marks = [.lost]
      }
    }
    #expect(
      report.recommendation == [
        "None: every variant is marked. function-rest, function-http and direct have the fewest marked cases, 1; "
          + "fix those first."
      ])
    #expect(report.questions.isEmpty)
    report = try self.report { report in
      report.behaviour.removeAll { $0.variant != "direct-minimal" && $0.case == "a good submit" }
    }
    #expect(report.recommendation == ["None: not every case was run."])
    report = try self.report { report in report.variants.removeAll { $0.id != "direct" } }
    #expect(report.recommendation == ["None: nothing was compared with direct."])
    #expect(report.questions.isEmpty)
    report = try OddReport.noBehaviour.report()
    #expect(report.recommendation == ["None: no case was run."])
    #expect(report.verdict.last?.name == "Recommendation")
  }

  @Test("is left to three questions if the cost of each isn't known")
  func unknownCost() throws {
    let report = try OddReport.noCost.report()
    #expect(report.recommendation.first?.hasSuffix("this run doesn't decide between them.") == true)
    #expect(report.verdict.last?.name == "Three questions that decide")
    #expect(
      report.questions == [
        "Do you need what only a REST API has: API keys, usage plans, AWS WAF, request validation or a private API? "
          + "Then use function-rest; otherwise use function-http, if that costs less.",
        "Must there be no function: no runtime to patch, and no cold start to wait for? Then use direct.",
        "What does each cost? With the cost of each, the cheapest is recommended; a deployed function's needs "
          + "--billed-duration, --memory and --architecture.",
      ])
  }
}
