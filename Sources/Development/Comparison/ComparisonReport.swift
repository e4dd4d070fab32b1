internal import Foundation
package import SAMTemplate

/// The results of a comparison of integrations, as `--json` writes them.
///
/// Times are in milliseconds, money in US dollars. `docs/comparison.schema.json` describes the JSON.
package struct ComparisonReport: Codable, Hashable, Sendable {
  /// What was compared.
  package var variants: [Variant]
  /// How each variant handled each case.
  package var behaviour: [Behaviour]
  /// The latency of each variant under each load.
  package var latency: [Latency]
  /// What a million requests cost with each variant.
  package var cost: [Cost]
  /// Where a function and a direct integration cost the same.
  package var breakEven: [BreakEven] = []
  /// How, when and where the comparison was run.
  package var run: Run

  /// One way from a POST to a job.
  package struct Variant: Codable, Hashable, Sendable {
    /// A short name, such as `direct`, by which the other parts refer to it.
    package var id: String
    /// A descriptive name.
    package var name: String
    /// The integration's type: `aws_proxy` or `aws`.
    package var integration: IntegrationKind
    /// `REST` or `HTTP`.
    package var api: APIKind
    /// The SAM template that was run here; nil for a deployed stage.
    package var template: String?
    /// The URL of a deployed stage; nil if it was run here.
    package var url: String?
    /// A note that the reader needs to judge it fairly; nil if none is needed.
    package var note: String? = nil

    /// Whether the gateway itself calls Batch, without a function.
    var isDirect: Bool { integration == .service }

    /// Whether it is a deployed stage, across a network.
    var isDeployed: Bool { url != nil }

    /// A one-line description.
    var summary: String {
      let place = url.map { "deployed at \($0)" } ?? template.map { "\($0), run here" } ?? "run here"
      return "\(name) (\(api), \(integration)); \(place)."
    }
  }

  /// The report as JSON, its members sorted, with a newline at the end; `docs/comparison.schema.json` describes it.
  ///
  /// Throws an `EncodingError` for a number that JSON can't represent, such as infinity.
  package var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
  }
}
