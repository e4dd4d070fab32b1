import LocalLambda
import Platform
import SAMTemplate
import Testing

@testable import Comparison

@Suite("Findings")
struct FindingsTests {
  private static let run = ComparisonReport.Run(
    date: "2026-11-26T09:30:00Z", command: "", versions: [:], build: "debug", machine: "2 cores", prices: "",
    batchDelay: 0, warnings: [])
  private static let direct = ComparisonReport.Variant(
    id: "direct", name: "direct", integration: .service, api: .rest, template: "t.yaml", url: nil, note: "It is bare.")
  private static let function = ComparisonReport.Variant(
    id: "function", name: "function", integration: .lambdaProxy, api: .http, template: "t.yaml", url: nil)

  private func report(
    _ findings: Findings = Findings(), _ variants: [ComparisonReport.Variant] = [Self.direct],
    marked: [(name: String, marks: [ComparisonReport.Behaviour.Mark])] = []
  ) throws -> ComparisonReport {
    let cells = marked.map { name, marks in
      ComparisonReport.Behaviour(case: name, variant: "direct", status: 200, body: .job, marks: marks)
    }
    return findings.report(
      variants, BehaviourMatrix.Result(cells: cells, incomplete: nil), try Prices.list(), about: Self.run)
  }

  /// A load of ten requests, one cold start before them and as many in them as are named.
  private func result(
    status: Int = 200, coldStarts: Int = 0, rate: Double? = nil, milliseconds: Double = 1
  ) throws -> LoadResult {
    func report(initDuration: Duration?) -> InvocationReport {
      InvocationReport(
        requestID: "1", duration: .milliseconds(2), initDuration: initDuration, memorySize: 128, maxMemoryUsed: nil,
        status: nil)
    }
    let reports = (0..<10).map { report(initDuration: $0 < coldStarts ? .milliseconds(80) : nil) }
    let sample = Sample(status: status, failure: nil, milliseconds: 1, lateness: milliseconds)
    return LoadResult(
      load: try Load(requests: 10, concurrency: 1, pace: rate.map { .open(requestsPerSecond: $0) } ?? .closed),
      warmUp: LoadPhase.Result(),
      measured: LoadPhase.Result(samples: Array(repeating: sample, count: 10), elapsed: .seconds(1)),
      warmUpReports: [report(initDuration: .milliseconds(90))], reports: reports, wasCancelled: false)
  }

  @Test("say how slow Batch was where it was, and nowhere else")
  func slow() throws {
    #expect(try report(marked: [("Batch is slow", [])]).run.notes.contains { $0.hasPrefix("Where Batch is slow") })
    #expect(try !report(marked: [("a good submit", [])]).run.notes.contains { $0.hasPrefix("Where Batch is slow") })
  }

  @Test("name who could not keep a rate, and say what is true of all of them once")
  func warnings() throws {
    var findings = Findings()
    for variant in [Self.direct, Self.function] {
      findings.add(try result(rate: 1000, milliseconds: 50), of: variant, architecture: .x86_64)
    }
    let warnings = try report(findings).run.warnings
    try #require(warnings.count == 3)
    #expect(warnings[0].hasPrefix("direct: the callers (1) could not send 1,000 requests a second"))
    #expect(warnings[1].hasPrefix("Of 10 requests, the 99th percentile"))
    #expect(warnings[2].hasPrefix("function: the callers (1) could not send"))
  }

  @Test("price nothing that had no success, and nothing that was refused")
  func unsuccessful() throws {
    var findings = Findings()
    findings.add(try result(status: 502), of: Self.function, architecture: .x86_64)
    findings.add(try result(), of: Self.direct, architecture: .x86_64)
    let half = try report(findings, [Self.function, Self.direct])
    #expect(half.cost.map(\.variant) == ["direct"])
    #expect(half.breakEven.isEmpty)
    #expect(half.run.notes.contains("Without cost, for no request succeeded: function."))
    findings.refuse("direct", "direct made no job")
    let none = try report(findings, [Self.function, Self.direct])
    #expect(none.cost.isEmpty)
    #expect(none.run.incomplete == "direct made no job")
  }

  @Test("name who was not measured, by load")
  func unmeasured() throws {
    var findings = Findings()
    findings.add(try result(), of: Self.direct, architecture: .x86_64)
    let open = try Load(requests: 1, concurrency: 1, pace: .open(requestsPerSecond: 1))
    findings.noteUnmeasured(["direct", "a", "b"], [try Load(requests: 1, concurrency: 1), open])
    #expect(
      findings.incomplete == [
        "not measured in the closed loop: a and b", "not measured in the open loop: direct, a and b",
      ])
  }

  @Test("say which init phases are in the cost")
  func inits() throws {
    var findings = Findings()
    findings.add(try result(coldStarts: 1), of: Self.function, architecture: .x86_64)
    let report = try report(findings, [Self.function])
    #expect(report.run.notes.last?.hasSuffix("those of the warm-up are left out (function 1).") == true)
    #expect(
      report.cost.first?.parts.last?.formula.hasPrefix("1,000,000 × 1 of 10 × 80 ms / 1,000 × 128 MB") == true)
    #expect(try !self.report().run.notes.contains { $0.contains("init") })
  }

  @Test("count the marks that come of what a variant's note says")
  func notes() throws {
    let marked: [(String, [ComparisonReport.Behaviour.Mark])] = [
      ("a good submit", []), ("an unknown queue", [.maskedFailure]), ("a quote in the queue's name", [.injected]),
      ("Batch throttles", [.maskedFailure]), ("a newline in the queue's name", []),
    ]
    #expect(
      try report(marked: marked).variants.first?.note
        == "It is bare. Of its 3 marked cases, 2 come of that: names in the path.")
    #expect(try report().variants.first?.note == "It is bare.")
    #expect(try report(Findings(), [Self.function], marked: marked).variants.first?.note == nil)
  }

  @Test("know of the package's variants which one goes beyond the article")
  func package() throws {
    let noted = try TemplateVariant.package(at: packageRoot).filter { $0.description.note != nil }
    #expect(noted.map(\.description.id) == ["direct-minimal"])
  }
}
