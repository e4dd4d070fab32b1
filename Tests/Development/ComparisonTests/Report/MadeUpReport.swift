import Foundation
import Testing

@testable import Comparison

extension ComparisonReport {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  /// A report in which every part has content. Its numbers are made up, not measured.
  static func madeUp() throws -> ComparisonReport {
    let data = try Data(contentsOf: folder.appending(path: "made-up.json"))
    let report = try JSONDecoder().decode(ComparisonReport.self, from: data)
    // Tests change parts of it by their index.
    try #require(report.variants.count == 4 && report.behaviour.count == 76 && report.latency.count == 8)
    try #require(report.cost.count == 4 && report.cost.allSatisfy { !$0.parts.isEmpty } && !report.breakEven.isEmpty)
    return report
  }

  /// Adds a case with an `Idempotency-Key`, in which these variants create two jobs.
  mutating func markForKey(_ ids: [String]) throws {
    for variant in variants {
      var cell = try #require(behaviour.first { $0.case == "a good submit" && $0.variant == variant.id })
      cell.case = SubmitCase.twiceWithKey.name
      if ids.contains(variant.id) { cell.marks = [.duplicate] }
      behaviour.append(cell)
    }
  }

  /// Marks the case about a job for these variants.
  mutating func markForJobs(_ ids: [String], _ mark: Behaviour.Mark) throws {
    let indices = behaviour.indices.filter { index in
      JobCase.all.contains { $0.name == behaviour[index].case } && ids.contains(behaviour[index].variant)
    }
    try #require(!indices.isEmpty)
    for index in indices { behaviour[index].marks = [mark] }
  }

  /// The same report with another id for a variant, everywhere.
  func renaming(_ id: String, _ new: String) -> ComparisonReport {
    var report = self
    for index in report.variants.indices where report.variants[index].id == id { report.variants[index].id = new }
    for index in report.behaviour.indices where report.behaviour[index].variant == id {
      report.behaviour[index].variant = new
    }
    for index in report.latency.indices where report.latency[index].variant == id {
      report.latency[index].variant = new
    }
    for index in report.cost.indices where report.cost[index].variant == id { report.cost[index].variant = new }
    return report
  }
}

/// Reports in which something is missing, excessive or odd.
enum OddReport: String, CaseIterable, CustomTestStringConvertible {
  case nothing = "nothing at all"
  case noLatency = "no latency"
  case noSuccess = "no success"
  case noCost = "no cost"
  case noBehaviour = "no behaviour"
  case incomplete = "an interrupted run"
  case deployed = "deployed stages alone"
  case longNames = "long names"
  case eightVariants = "eight variants"
  case hostile = "names made to break out"
  case oddNumbers = "numbers that can't be drawn"

  var testDescription: String { rawValue }

  func report() throws -> ComparisonReport {
    var report = try ComparisonReport.madeUp()
    switch self {
    case .nothing:
      report.run.notes = []
      report.run.warnings = []
      report.run.versions = [:]
      (report.variants, report.behaviour, report.latency, report.cost, report.breakEven) = ([], [], [], [], [])
    case .noLatency: report.latency = []
    case .noSuccess: report.loseAllRequests()
    case .noCost: (report.cost, report.breakEven) = ([], [])
    case .noBehaviour: report.behaviour = []
    case .incomplete:
      report.run.incomplete = "interrupted after 210 of 1,000 requests"
      report.latency.removeLast(5)
      report.behaviour.removeLast(30)
    case .deployed:
      for index in report.variants.indices {
        let id = report.variants[index].id
        report.variants[index].template = nil
        report.variants[index].url = "https://abc123.execute-api.us-east-1.amazonaws.com/\(id)/jobs"
      }
      for index in report.behaviour.indices {
        (report.behaviour[index].requests, report.behaviour[index].jobs) = (nil, nil)
        (report.behaviour[index].injected, report.behaviour[index].ignored) = (nil, nil)
        report.behaviour[index].marks.removeAll { $0 == .injected }
      }
      for index in report.latency.indices {
        (report.latency[index].coldStarts, report.latency[index].coldStartShare) = (nil, nil)
        report.latency[index].warmUpColdStarts = nil
        (report.latency[index].initP50, report.latency[index].initMax) = (nil, nil)
      }
    case .longNames:
      report = report.renaming("direct", "direct-" + String(repeating: "very-", count: 12) + "well")
      report.behaviour[3].case = String(repeating: "a case with a name as long as a sentence ", count: 4)
      report.run.warnings.append(String(repeating: "w", count: 300))
    case .eightVariants:
      let copies = report.variants.map(\.id)
      let original = report
      for id in copies {
        let copy = original.renaming(id, "\(id)-2")
        report.variants += copy.variants.filter { $0.id == "\(id)-2" }
        report.behaviour += copy.behaviour.filter { $0.variant == "\(id)-2" }
        report.latency += copy.latency.filter { $0.variant == "\(id)-2" }
        report.cost += copy.cost.filter { $0.variant == "\(id)-2" }
      }
    case .hostile:
      let text = "</style><script>alert('x')</script>\"|`*_[a](b)\u{1B}[31m\n# <img src=x onerror=alert(1)>&amp;"
      report = report.renaming("direct", text)
      report.behaviour[0].case = text
      (report.behaviour[0].injected, report.behaviour[0].ignored) = ([text], [text])
      report.behaviour[0].marks = [.injected]
      report.cost[0].parts[0].item = text
      report.cost[0].parts[0].formula = text
      report.latency[0].failures = [text: 3]
      report.variants[0].name = text
      (report.variants[0].url, report.variants[0].note) = (text, text)
      report.breakEven[0].sentence = text
      report.run = .init(
        date: text, command: text, versions: [text: text], build: text, machine: text, prices: text, batchDelay: 0,
        warnings: [text])
      (report.run.notes, report.run.incomplete) = ([text], text)
    case .oddNumbers:
      report.latency[0].curve = [[0], [], [0.5, -1], [0.5, .infinity], [.nan, 1], [1, 0]]
      report.latency[1].curve = [[1, 5]]
      report.latency[2].curve = [[-1, 5], [2, 5]]
      report.latency[0].p50 = .nan
      report.cost[0].perMillion = 0
      report.cost[1].perMillion = .infinity
      report.cost[1].parts[0].amount = -.infinity
    }
    return report
  }
}

extension ComparisonReport {
  /// Makes every request of every variant fail.
  mutating func loseAllRequests() {
    for index in latency.indices {
      latency[index].errors = latency[index].requests
      latency[index].failures = ["127.0.0.1:1: can't connect": latency[index].requests]
      (latency[index].p50, latency[index].p90, latency[index].p99, latency[index].max) = (nil, nil, nil, nil)
      latency[index].curve = []
      latency[index].requestsPerSecond = 0
    }
  }
}
