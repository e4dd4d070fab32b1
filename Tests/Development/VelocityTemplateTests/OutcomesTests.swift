import Foundation
import Testing
import VelocityTemplate

/// The outcomes of a template with Apache Velocity 1.7 and airspeed-ext; see Outcomes/README.md.
struct Outcome: Decodable, CustomTestStringConvertible {
  let template: String
  /// Velocity's text; nil for an error.
  let velocity: String?
  /// The text as API Gateway prints it, if that differs.
  let gateway: String?
  /// This module's text, if it differs from Velocity's for a known reason.
  let ours: String?
  /// The reason.
  let difference: String?
  /// airspeed-ext's text, if it differs from this module's; nil for an error.
  let airspeed: String?
  /// Why airspeed-ext's text differs from this module's, separated by commas; nil if it doesn't.
  let reasons: String?

  var testDescription: String { template.debugDescription }

  static func read() throws -> [Outcome] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Outcomes/outcomes.json")
    return try JSONDecoder().decode([Outcome].self, from: Data(contentsOf: file))
  }
}

@Suite("Templates have the same outcomes as with Apache Velocity")
struct OutcomesTests {
  @Test("every template yields Velocity's text, or an error where Velocity has one") func outcomes() throws {
    let outcomes = try Outcome.read()
    #expect(outcomes.count >= 300)
    for outcome in outcomes where outcome.difference == nil {
      let text = try? Template(outcome.template).evaluate(variables())
      #expect(text == outcome.velocity, "\(outcome.testDescription)")
    }
  }

  @Test("in API Gateway's dialect, every template yields what Velocity does if references without a value are empty")
  func gateway() throws {
    let outcomes = try Outcome.read()
    #expect(outcomes.count { $0.gateway != nil } >= 100)
    for outcome in outcomes where outcome.difference == nil {
      let text = try? Template(outcome.template).evaluate(variables(), dialect: .apiGateway)
      #expect(text == outcome.gateway ?? outcome.velocity, "\(outcome.testDescription)")
    }
  }

  @Test("known differences from Velocity are as recorded") func differences() throws {
    for outcome in try Outcome.read() where outcome.difference != nil {
      let text = try? Template(outcome.template).evaluate(variables())
      #expect(text == outcome.ours, "\(outcome.testDescription)")
      #expect(text != outcome.velocity, "no longer different: \(outcome.testDescription)")
    }
  }

  @Test("airspeed-ext differs for the reasons that README.md lists, as often as it says") func reasons() throws {
    var counts: [String: Int] = [:]
    for outcome in try Outcome.read() {
      guard let reasons = outcome.reasons else { continue }
      let text = try? Template(outcome.template).evaluate(variables())
      #expect(text != outcome.airspeed, "no longer different: \(outcome.testDescription)")
      for reason in reasons.split(separator: ", ") { counts[String(reason), default: 0] += 1 }
    }
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Outcomes/README.md")
    let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix("|") }
      .dropFirst(2).map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
    try #require(rows.allSatisfy { $0.count >= 2 })
    #expect(counts == Dictionary(rows.map { ($0[0], Int($0[1]) ?? 0) }) { first, _ in first })
    #expect(counts.count == rows.count)
  }
}
