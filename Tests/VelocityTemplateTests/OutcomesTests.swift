import Foundation
import Testing
import VelocityTemplate

/// What Apache Velocity 1.7 made of a template; see Outcomes/make.py.
struct Outcome: Decodable, CustomTestStringConvertible {
  let template: String
  /// Velocity's text. Nil for an error.
  let velocity: String?
  /// This module's text, where there is a reason for a difference.
  let ours: String?
  let difference: String?

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
}
