import Foundation
import JSONTree
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
        "function-rest, function-http and direct have no marks in 19 cases.",
        "direct-minimal is marked in 9 of 19 cases: masked-failure in 6, injected in 1, lost in 1, ignored in 1, leaked in 1.",
      ])
  }

  @Test("claims nothing about a Batch that could not be observed")
  func unseen() throws {
    let report = try OddReport.deployed.report()
    #expect(try !sentences("Behaviour", of: .madeUp()).contains { $0.contains("could not be observed") })
    #expect(
      sentences("Behaviour", of: report).last
        == "What reached Batch could not be observed behind function-rest, function-http, direct and direct-minimal: "
        + "only responses were judged.")
    #expect(report.matrix.table.rows.first == ["a good submit"] + Array(repeating: "200 job", count: 4))
  }

  @Test("doesn't count a case that wasn't run as one without a mark")
  func notRun() throws {
    var report = try ComparisonReport.madeUp()
    report.behaviour.removeAll { $0.variant == "direct" || $0.variant == "function-http" && $0.case != "not JSON" }
    let sentences = sentences("Behaviour", of: report)
    #expect(sentences.contains("function-rest has no marks in 19 cases."))
    #expect(sentences.contains("function-http has no marks in 1 case."))
    #expect(sentences.contains("No case was run against direct."))
  }

  @Test("compares a variant that is only marked for keys and jobs with those without any mark")
  func keys() throws {
    var report = try ComparisonReport.madeUp()
    let differences = sentences("Differences without a mark", of: report)
    try report.markForKey(["direct"])
    try report.markForJobs(["direct"], .leaked)
    #expect(report.matrix.cases.count == 20)
    #expect(differences.first == "function-rest, function-http and direct respond differently in 2 of 18 cases.")
    #expect(sentences("Differences without a mark", of: report) == differences)
    #expect(
      sentences("Behaviour", of: report).contains("direct is marked in 2 of 20 cases: duplicate in 1, leaked in 1."))
  }

  @Test("ranks measurements under the same conditions, and treats values that are formatted alike as equal")
  func latency() throws {
    var report = try ComparisonReport.madeUp()
    report.latency = Array(report.latency.prefix(3))
    for (index, p50) in [20, 10.001, 10.002].enumerated() {
      (report.latency[index].p50, report.latency[index].p50Interval) = (p50, .init(low: p50, high: p50))
      (report.latency[index].p99, report.latency[index].p99Interval) = (30, .init(low: 30, high: 30))
    }
    #expect(
      sentences("Latency", of: report) == [
        "Closed loop, 8 workers: function-http and direct have the lowest p50 (10.0 ms), function-rest the highest "
          + "(20.0 ms); function-rest, function-http and direct have the same p99 (30.0 ms)."
      ])
  }

  @Test("calls values equal whose intervals overlap")
  func noise() {
    func words(_ values: Double..., noise: Double = 0.5) -> String? {
      let entries = zip(["a", "b", "c"], values).map { name, value in
        Ranking.Entry(name, value, interval: .init(low: value - noise, high: value + noise))
      }
      return Ranking(entries)?.words("p50", format: Figure.time)
    }
    #expect(words(2.42, 2.41, 2.41) == "b, c and a have the same p50 within the noise (2.41 ms to 2.42 ms)")
    #expect(words(2.42, 2.41, noise: 0) == "b has the lowest p50 (2.41 ms), a the highest (2.42 ms)")
    #expect(words(2, 2.05, 5) == "a and b have the lowest p50 (2.00 ms to 2.05 ms), c the highest (5.00 ms)")
    #expect(words(2, 4.9, 5) == "a has the lowest p50 (2.00 ms), b and c the highest (4.90 ms to 5.00 ms)")
    // The middle one is as close to the lowest as to the highest.
    #expect(
      words(7, 7.9, 8.8) == "a has the lowest p50 (7.00 ms), c the highest (8.80 ms), and b can't be told from either")
    #expect(words(3, 3) == "a and b have the same p50 (3.00 ms)")
    #expect(words(.nan, 4) == "b has a p50 of 4.00 ms")
    // Prices have no noise.
    let prices = Ranking([.init("a", 3.5), .init("b", 3.52)])?.words("cost", format: Figure.dollars)
    #expect(prices == "a has the lowest cost ($3.50), b the highest ($3.52)")
  }

  @Test("doesn't rank times whose noise is unknown")
  func unknownNoise() throws {
    var report = try ComparisonReport.madeUp()
    report.latency = Array(report.latency.prefix(4))
    (report.latency[1].p50Interval, report.latency[1].p99Interval) = (nil, nil)
    #expect(
      sentences("Latency", of: report) == [
        "Closed loop, 8 workers: times are not ranked: with fewer than 20 successes, their noise is unknown."
      ])
  }

  @Test("doesn't rank a p99 of too few requests")
  func fewRequests() throws {
    var report = try ComparisonReport.madeUp()
    report.latency = Array(report.latency.prefix(4))
    #expect(sentences("Latency", of: report).first?.contains("lowest p99") == true)
    // Only 99 of them succeeded.
    (report.latency[2].requests, report.latency[2].errors) = (100, 1)
    let sentences = sentences("Latency", of: report)
    #expect(sentences.first?.contains("the lowest p50") == true)
    #expect(!sentences.joined().contains("p99"))
  }

  @Test("says where variants without a mark respond differently, with one sentence for cases with the same difference")
  func differences() throws {
    #expect(
      try sentences("Differences without a mark", of: .madeUp()) == [
        "function-rest, function-http and direct respond differently in 2 of 18 cases.",
        "Batch throttles: 429 (3 requests to Batch) from function-rest and function-http, "
          + "429 (1 request to Batch) from direct.",
        "Batch can't be reached: 503 from function-rest and function-http, 504 from direct.",
        "Error bodies: problem from function-rest and function-http, problem and message from direct.",
      ])
  }

  @Test("finds the differences in the matrix")
  func otherDifferences() throws {
    var report = try ComparisonReport.madeUp()
    func cell(_ name: String, _ variant: String) -> Int? {
      report.behaviour.firstIndex { $0.case == name && $0.variant == variant }
    }
    for name in ["an empty body", "a wrong content type"] {
      let index = try #require(cell(name, "direct"))
      (report.behaviour[index].status, report.behaviour[index].body) = (400, .problem)
      (report.behaviour[index].requests, report.behaviour[index].jobs) = (1, 0)
      for variant in ["function-rest", "function-http"] {
        let index = try #require(cell(name, variant))
        (report.behaviour[index].status, report.behaviour[index].requests, report.behaviour[index].jobs) = (200, 0, 2)
      }
    }
    let found = sentences("Differences without a mark", of: report)
    #expect(found.first == "function-rest, function-http and direct respond differently in 4 of 18 cases.")
    #expect(
      found.contains(
        "a wrong content type and an empty body: 200 (stopped before Batch, 2 jobs) from function-rest and function-http, "
          + "400 (1 request to Batch) from direct."))
    // Of many cases, only the first few are named.
    for index in report.behaviour.indices {
      report.behaviour[index].status = report.behaviour[index].variant == "direct" ? 299 : 200
      (report.behaviour[index].requests, report.behaviour[index].jobs) = (1, 1)
    }
    #expect(
      sentences("Differences without a mark", of: report).dropFirst() == [
        "a good submit, every member, unknown queue and 15 more cases: 200 from function-rest and function-http, "
          + "299 from direct."
      ])
    report = try .madeUp()
    report.behaviour.removeAll { $0.variant == "direct" }
    #expect(
      sentences("Differences without a mark", of: report)
        == ["function-rest and function-http respond alike in all 18 cases."])
    report.behaviour.removeAll { $0.variant == "function-http" }
    #expect(sentences("Differences without a mark", of: report) == [])
  }

  @Test("says which variants' requests failed, and ranks only variants with a success")
  func errors() throws {
    let report = try OddReport.noSuccess.report()
    let sentences = sentences("Latency", of: report)
    #expect(sentences.count == 8)
    #expect(
      sentences.first
        == "function-rest (closed loop, 8 workers): 1,000 of 1,000 requests got no 2xx, so it has no times.")
    #expect(try self.sentences("Latency", of: OddReport.noLatency.report()) == ["Nothing was measured."])
  }

  @Test("credits direct integrations with having nothing to start cold and nothing to patch")
  func coldStarts() throws {
    #expect(
      try sentences("Cold starts", of: .madeUp()) == [
        "direct and direct-minimal have no function: nothing to start cold, nothing to patch.",
        "function-rest: 6 cold starts in 2,000 measured requests and 8 in the warm-up, "
          + "with an init of at most 80.5 ms; the longest warm-up request took 148 ms.",
        "function-http: no cold starts in 2,000 measured requests and 8 in the warm-up, "
          + "with an init of at most 78.2 ms; the longest warm-up request took 142 ms.",
      ])
    let deployed = try sentences("Cold starts", of: OddReport.deployed.report())
    #expect(deployed.contains { $0.hasPrefix("function-rest: cold starts can't be seen from outside;") })
  }

  @Test("names the cheapest and the most expensive")
  func cost() throws {
    #expect(
      try sentences("Cost", of: .madeUp()) == [
        "function-http (x86_64) has the lowest cost of a million requests ($1.33), function-rest (x86_64) the highest "
          + "($3.83)."
      ])
    #expect(try sentences("Cost", of: OddReport.noCost.report()) == ["No cost was computed."])
  }

  @Test("comes with a list of what was simulated, if anything was")
  func scope() throws {
    var report = try ComparisonReport.madeUp()
    #expect(report.scope.count == 5)
    #expect(report.scope.contains { $0.contains("share this machine (2 cores, 8 GB, x86_64)") })
    #expect(report.scope.contains { $0.contains("Batch was set to take 60 ms") })
    report.run.batchDelay = 0
    #expect(report.scope.contains { $0.hasPrefix("No delay was injected") })
    let deployed = try OddReport.deployed.report().scope
    // Nothing that is true only of a local run is said about deployed stages.
    #expect(deployed.count == 1 && deployed.allSatisfy { $0.hasPrefix("Deployed:") })
    #expect(try OddReport.nothing.report().scope == [])
  }

  @Test("says that throttling isn't enforced here, and which limit template.yaml has")
  func throttling() throws {
    let template = try String(contentsOfFile: packageRoot + "/template.yaml", encoding: .utf8)
    let limits = template.matches(of: #/ThrottlingRateLimit: !Ref (\w+)/#).map { String($0.1) }
    #expect(limits == ["RequestsPerSecond", "RequestsPerSecond"])
    let parameter = #/  RequestsPerSecond:\n    Type: Number\n    Default: (\d+)\n/#
    #expect(template.firstMatch(of: parameter).flatMap { Int($0.1) } == ComparisonReport.throttling)
    #expect(
      try ComparisonReport.madeUp().scope.contains {
        $0.contains("template.yaml's own limit (16 requests a second on each route)")
      })
  }
}
