import Foundation
import Testing
import VelocityTemplate

/// What Apache Velocity 1.7 and airspeed-ext made of a template; see Outcomes/README.md.
struct Outcome: Decodable, CustomTestStringConvertible {
  let template: String
  /// Velocity's text. Nil for an error.
  let velocity: String?
  /// This module's text, where there is a reason for a difference.
  let ours: String?
  let difference: String?
  /// airspeed-ext's text, where it isn't this module's. Nil for an error.
  let airspeed: String?
  /// Those reasons, with commas between them; nil where airspeed-ext's text is this module's.
  let reasons: String?

  var testDescription: String { template.debugDescription }

  static func read() throws -> [Outcome] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Outcomes/outcomes.json")
    return try JSONDecoder().decode([Outcome].self, from: Data(contentsOf: file))
  }
}

@Suite("Templates have Apache Velocity's outcomes")
struct OutcomesTests {
  @Test("every template has Velocity's text, or is an error as there") func outcomes() throws {
    let outcomes = try Outcome.read()
    #expect(outcomes.count >= 300)
    for outcome in outcomes where outcome.difference == nil {
      let text = try? Template(outcome.template).evaluate(variables())
      #expect(text == outcome.velocity, "\(outcome.testDescription)")
    }
  }

  @Test("where it differs from Velocity, it does so as explained") func differences() throws {
    for outcome in try Outcome.read() where outcome.difference != nil {
      let text = try? Template(outcome.template).evaluate(variables())
      #expect(text == outcome.ours, "\(outcome.testDescription)")
      #expect(text != outcome.velocity, "no difference any more: \(outcome.testDescription)")
    }
  }

  @Test("where airspeed-ext differs, it does so for reasons that README.md names and counts") func reasons() throws {
    var counts: [String: Int] = [:]
    for outcome in try Outcome.read() {
      guard let reasons = outcome.reasons else { continue }
      let text = try? Template(outcome.template).evaluate(variables())
      #expect(text != outcome.airspeed, "no difference any more: \(outcome.testDescription)")
      for reason in reasons.split(separator: ", ") { counts[String(reason), default: 0] += 1 }
    }
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Outcomes/README.md")
    let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix("|") }
      .dropFirst(2).map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
    #expect(counts == Dictionary(uniqueKeysWithValues: rows.map { ($0[0], Int($0[1]) ?? 0) }))
  }
}
