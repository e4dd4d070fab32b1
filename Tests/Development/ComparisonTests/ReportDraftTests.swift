import LocalLambda
import Platform
import SAMTemplate
import Testing

@testable import Comparison

@Suite("A draft of a report")
struct ReportDraftTests {
  private static let run = ComparisonReport.Run(
    date: "2026-11-26T09:30:00Z", command: "", versions: [:], build: "debug", machine: "2 cores", prices: "",
    batchDelay: 0, warnings: [])
  private static let direct = ComparisonReport.Variant(
    id: "direct", name: "direct", integration: .service, api: .rest, template: "t.yaml", url: nil, note: "It is bare.")
  private static let function = ComparisonReport.Variant(
    id: "function", name: "function", integration: .lambdaProxy, api: .http, template: "t.yaml", url: nil)

  private func report(
    _ draft: ReportDraft = ReportDraft(), _ variants: [ComparisonReport.Variant] = [Self.direct],
    marked: [(name: String, marks: [ComparisonReport.Behaviour.Mark])] = []
  ) throws -> ComparisonReport {
    let cells = marked.map { name, marks in
      ComparisonReport.Behaviour(case: name, variant: "direct", status: 200, body: .job, marks: marks)
    }
    return draft.report(
      variants, BehaviourMatrix.Result(cells: cells, incomplete: nil), try Prices.list(), about: Self.run)
  }

  /// The result of ten requests with `coldStarts` cold starts, after one in the warm-up.
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

  @Test("says how slow Batch was only if that case was run")
  func slow() throws {
    #expect(try report(marked: [("Batch is slow", [])]).run.notes.contains { $0.hasPrefix("Where Batch is slow") })
    #expect(try !report(marked: [("a good submit", [])]).run.notes.contains { $0.hasPrefix("Where Batch is slow") })
  }

  @Test("names each variant that could not keep its rate, and has a general warning only once")
  func warnings() throws {
    var draft = ReportDraft()
    for variant in [Self.direct, Self.function] {
      draft.add(try result(rate: 1000, milliseconds: 50), of: variant, architecture: .x86_64)
    }
    let warnings = try report(draft).run.warnings
    try #require(warnings.count == 3)
    #expect(warnings[0].hasPrefix("direct: 1 worker could not send 1,000 requests a second"))
    #expect(warnings[1].hasPrefix("With 10 requests, the 99th percentile"))
    #expect(warnings[2].hasPrefix("function: 1 worker could not send"))
  }

  @Test("records the machine's load, and warns first of all of a busy one")
  func load() throws {
    var draft = ReportDraft()
    draft.load = .init(cores: 2, before: .init(busy: 0.5, loadAverage: 1), during: nil)
    draft.warn("another")
    let run = try report(draft).run
    #expect(run.load == draft.load)
    #expect(run.warnings.count == 2 && run.warnings[0].hasPrefix("Other programs kept 50 % of the machine's 2 cores"))
    #expect(try report().run.load == nil)
  }

  @Test("has no cost for a variant without a success, or one that was excluded")
  func unsuccessful() throws {
    var draft = ReportDraft()
    draft.add(try result(status: 502), of: Self.function, architecture: .x86_64)
    draft.add(try result(), of: Self.direct, architecture: .x86_64)
    let half = try report(draft, [Self.function, Self.direct])
    #expect(half.cost.map(\.variant) == ["direct"])
    #expect(half.breakEven.isEmpty)
    #expect(half.run.notes.contains("No cost for function: no request succeeded."))
    draft.exclude("direct", "direct created no job")
    let none = try report(draft, [Self.function, Self.direct])
    #expect(none.cost.isEmpty)
    #expect(none.run.incomplete == "direct created no job")
  }

  @Test("names the variants that were not measured, by load")
  func unmeasured() throws {
    var draft = ReportDraft()
    draft.add(try result(), of: Self.direct, architecture: .x86_64)
    let open = try Load(requests: 1, concurrency: 1, pace: .open(requestsPerSecond: 1))
    draft.noteUnmeasured(["direct", "a", "b"], [try Load(requests: 1, concurrency: 1), open])
    #expect(
      draft.incomplete == [
        "not measured in the closed loop: a and b", "not measured in the open loop: direct, a and b",
      ])
  }

  @Test("says which init phases the cost includes")
  func inits() throws {
    var draft = ReportDraft()
    draft.add(try result(coldStarts: 1), of: Self.function, architecture: .x86_64)
    let report = try report(draft, [Self.function])
    #expect(report.run.notes.last?.hasSuffix("but not those of the warm-up (function 1).") == true)
    #expect(
      report.cost.first?.parts.last?.formula.hasPrefix("1,000,000 × 1 of 10 × 80 ms / 1,000 × 128 MB") == true)
    #expect(try !self.report().run.notes.contains { $0.contains("init") })
  }

  @Test("counts the marks that are due to what a variant's note says")
  func notes() throws {
    let marked: [(String, [ComparisonReport.Behaviour.Mark])] = [
      ("a good submit", []), ("an unknown queue", [.maskedFailure]), ("a quote in the queue's name", [.injected]),
      ("Batch throttles", [.maskedFailure]), ("a newline in the queue's name", []),
    ]
    #expect(
      try report(marked: marked).variants.first?.note
        == "It is bare. Of its 3 marked cases, 2 are due to names in the path.")
    #expect(try report().variants.first?.note == "It is bare.")
    #expect(try report(ReportDraft(), [Self.function], marked: marked).variants.first?.note == nil)
  }

  @Test("has a note for the one variant of the package that goes beyond the article")
  func package() throws {
    let noted = try TemplateVariant.package(at: packageRoot).filter { $0.description.note != nil }
    #expect(noted.map(\.description.id) == ["direct-minimal"])
  }
}
