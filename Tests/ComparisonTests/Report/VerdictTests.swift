import Foundation
import Testing

@testable import Comparison

@Suite("A verdict")
struct VerdictTests {
  private func sentences(_ topic: String, of report: ComparisonReport) -> [String] {
    report.verdict.first { $0.name == topic }?.sentences ?? []
  }

  @Test("counts the marks of each variant")
  func marks() throws {
    #expect(
      try sentences("Behaviour", of: .madeUp()) == [
        "function-rest, function-http and direct have no mark in 18 cases.",
        "direct-minimal is marked in 7 of 18 cases: masked-failure in 6, injected in 1, lost in 1.",
      ])
  }

  @Test("claims nothing about a Batch that nobody could see")
  func unseen() throws {
    let report = try OddReport.deployed.report()
    #expect(try !sentences("Behaviour", of: .madeUp()).contains { $0.contains("could not be seen") })
    #expect(
      sentences("Behaviour", of: report).last
        == "What reached Batch could not be seen behind function-rest, function-http, direct and direct-minimal: "
        + "their answers alone were judged.")
    #expect(report.matrix.table.rows.first == ["a good submit"] + Array(repeating: "200 job", count: 4))
  }

  @Test("doesn't take a case that wasn't run for one without a mark")
  func notRun() throws {
    var report = try ComparisonReport.madeUp()
    report.behaviour.removeAll { $0.variant == "direct" || $0.variant == "function-http" && $0.case != "not JSON" }
    let sentences = sentences("Behaviour", of: report)
    #expect(sentences.contains("function-rest has no mark in 18 cases."))
    #expect(sentences.contains("function-http has no mark in 1 case."))
    #expect(sentences.contains("direct was not put to the cases."))
  }

  @Test("ranks what was measured under the same conditions, and calls equal what looks equal")
  func latency() throws {
    var report = try ComparisonReport.madeUp()
    report.latency = Array(report.latency.prefix(3))
    (report.latency[0].p50, report.latency[1].p50, report.latency[2].p50) = (20, 10.001, 10.002)
    (report.latency[0].p99, report.latency[1].p99, report.latency[2].p99) = (30, 30, 30)
    #expect(
      sentences("Latency", of: report) == [
        "Closed loop, 8 callers: function-http and direct have the lowest p50 (10.0 ms), function-rest the highest "
          + "(20.0 ms); function-rest, function-http and direct have the same p99 (30.0 ms)."
      ])
    report.variants[2].url = "https://example.org"
    #expect(sentences("Latency", of: report).count == 2, "a deployed stage has the network in its times")
  }

  @Test("says whose requests failed, and ranks nobody without a success")
  func errors() throws {
    let report = try OddReport.noSuccess.report()
    let sentences = sentences("Latency", of: report)
    #expect(sentences.count == 8)
    #expect(
      sentences.first
        == "function-rest (closed loop, 8 callers): 1,000 of 1,000 requests got no 2xx; so it has no times.")
    #expect(try self.sentences("Latency", of: OddReport.noLatency.report()) == ["Nothing was measured."])
  }

  @Test("gives the direct integrations what is theirs: nothing to start cold, nothing to patch")
  func coldStarts() throws {
    #expect(
      try sentences("Cold starts", of: .madeUp()) == [
        "direct and direct-minimal have no function: none to start cold, none to patch.",
        "function-rest: 6 cold starts in 2,000 measured requests, 8 before them, "
          + "with an init of 80.5 ms at most; the longest request of its warm-up took 148 ms.",
        "function-http: no cold start in 2,000 measured requests, 8 before them, "
          + "with an init of 78.2 ms at most; the longest request of its warm-up took 142 ms.",
      ])
    let deployed = try sentences("Cold starts", of: OddReport.deployed.report())
    #expect(deployed.contains { $0.hasPrefix("function-rest: cold starts can't be seen from outside;") })
  }

  @Test("names the cheapest and the dearest")
  func cost() throws {
    #expect(
      try sentences("Cost", of: .madeUp()) == [
        "function-http (x86_64) has the lowest cost of a million requests ($1.33), function-rest (x86_64) the highest "
          + "($3.83)."
      ])
    #expect(try sentences("Cost", of: OddReport.noCost.report()) == ["No cost was computed."])
  }

  @Test("comes with what was simulated, where something was")
  func scope() throws {
    var report = try ComparisonReport.madeUp()
    #expect(report.scope.count == 5)
    #expect(report.scope.contains { $0.contains("share this machine (2 cores, 8 GB, x86_64)") })
    #expect(report.scope.contains { $0.contains("Batch was told to take 60 ms") })
    report.run.batchDelay = 0
    #expect(report.scope.contains { $0.hasPrefix("No delay was injected") })
    let deployed = try OddReport.deployed.report().scope
    // None of what is true of a run here is said of stages elsewhere.
    #expect(deployed.count == 1 && deployed.allSatisfy { $0.hasPrefix("Deployed:") })
    report.variants[3].url = "https://example.org"
    #expect(report.scope.last?.contains("not to be compared") == true)
  }

  @Test("says that nothing is throttled here, and what template.yaml lets through")
  func throttling() throws {
    let template = try String(contentsOfFile: packageRoot + "/template.yaml", encoding: .utf8)
    let limits = template.matches(of: #/ThrottlingRateLimit: (\d+)/#).map { Int($0.1) }
    #expect(limits.count == 2 && Set(limits) == [ComparisonReport.throttling])
    #expect(try ComparisonReport.madeUp().scope.contains { $0.contains("template.yaml's own (40 requests a second)") })
  }
}
