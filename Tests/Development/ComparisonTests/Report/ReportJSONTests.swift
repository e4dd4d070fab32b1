import Foundation
import JSONTree
import Testing

@testable import Comparison
@testable import LocalAPIGateway

@Suite("A report as JSON")
struct ReportJSONTests {
  private static let file = "docs/comparison.schema.json"
  /// The members that a report may omit; with their path if other members have the same name.
  private static let optional: Set<String> = [
    "template", "url", "status", ".behaviour[0].requests", "jobs", "injected", "ignored", "rate", "p50", "p90", "p99",
    "max", "p50Interval", "p99Interval", "load", "during", "coldStarts", "coldStartShare", "warmUpMax", "note",
    "warmUpColdStarts", "initP50", "initMax",
    "architecture", "billedMilliseconds", "memorySize", "value",
    "cheaperBelow", "cheaperAbove", "incomplete",
  ]
  /// The members whose own members have arbitrary names.
  private static let maps: Set<String> = ["versions", "failures"]

  private let schema: JSONSchema

  init() throws {
    let file = URL(filePath: packageRoot).appending(path: Self.file)
    schema = try JSONSchema(JSON(parsing: Array(Data(contentsOf: file))))
  }

  private func violations(in json: String) throws -> [String] {
    schema.violations(in: try JSON(parsing: Array(json.utf8)))
  }

  @Test("conforms to the schema", arguments: OddReport.allCases.filter { $0 != .oddNumbers })
  func valid(odd: OddReport) throws {
    var report = try odd.report()
    // Neither of them is free text.
    if odd == .hostile { (report.run.date, report.run.build) = ("2026-11-26T09:30:00Z", "debug") }
    #expect(try violations(in: report.json) == [])
  }

  @Test("decodes to the same report", arguments: OddReport.allCases.filter { $0 != .oddNumbers })
  func roundTrip(odd: OddReport) throws {
    let report = try odd.report()
    #expect(try JSONDecoder().decode(ComparisonReport.self, from: Data(report.json.utf8)) == report)
  }

  @Test("can't have a number that JSON can't represent")
  func numbers() throws {
    let report = try OddReport.oddNumbers.report()
    #expect(throws: EncodingError.self) { try report.json }
  }

  @Test("violates the schema if it lacks any required member or has any other member")
  func rejected() throws {
    let report = try JSON(parsing: Array(ComparisonReport.madeUp().json.utf8))
    #expect(schema.violations(in: report) == [])
    let broken = Self.broken(report)
    // At least every member of every kind of object.
    #expect(broken.count > 60)
    for (change, json) in broken { #expect(schema.violations(in: json) != [], "\(change)") }
  }

  @Test(
    "violates the schema with an unknown word",
    arguments: [
      ("\"masked-failure\"", "\"masked\""), ("\"aws_proxy\"", "\"AWS_PROXY\""), ("\"REST\"", "\"rest\""),
      ("\"body\" : \"job\"", "\"body\" : \"html\""), ("\"closed\"", "\"both\""), ("\"debug\"", "\"Debug\""),
      ("\"billedMilliseconds\",", "\"billedSeconds\","), ("\"status\" : 200", "\"status\" : 20"),
      ("T09:30:00Z\"", "\""), ("\"errors\" : 0", "\"errors\" : 0.5"), ("\"jobs\" : 0", "\"jobs\" : -1"),
    ])
  func words(old: String, new: String) throws {
    let json = try ComparisonReport.madeUp().json
    try #require(json.contains(old))
    #expect(try violations(in: json.replacing(old, with: new)) != [])
  }

  /// Variations of a value: without a member, with an extra one, or with `null` for one, at every place. Of an array,
  /// only the first element is varied.
  private static func broken(_ json: JSON, at path: String = "", isMap: Bool = false) -> [(String, JSON)] {
    switch json {
    case .array(let elements):
      guard let first = elements.first else { return [] }
      return broken(first, at: path + "[0]").map { ($0.0, .array([$0.1] + elements.dropFirst())) }
    case .object(let members):
      if isMap { return [] }
      let more = members + [.init(name: "other", value: .null)]
      var all: [(String, JSON)] = [("\(path) and an extra member", .object(more))]
      for (index, member) in members.enumerated() {
        let place = "\(path).\(member.name)"
        var others = members
        others.remove(at: index)
        if optional.isDisjoint(with: [member.name, place]) { all.append(("no \(place)", .object(others))) }
        var nulls = members
        nulls[index] = .init(name: member.name, value: .null)
        all.append(("null for \(place)", .object(nulls)))
        for (change, value) in broken(member.value, at: place, isMap: maps.contains(member.name)) {
          var changed = members
          changed[index] = .init(name: member.name, value: value)
          all.append((change, .object(changed)))
        }
      }
      return all
    default: return []
    }
  }
}
