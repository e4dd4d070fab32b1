package import SAMTemplate

/// What a comparison of integrations has found, as `--json` writes it.
///
/// Times are in milliseconds, money in US dollars. `docs/comparison.schema.json` describes the JSON.
package struct ComparisonReport: Codable, Hashable, Sendable {
  /// What was compared.
  package var variants: [Variant]
  /// What each variant made of each case.
  package var behaviour: [Behaviour]
  /// How long each variant took.
  package var latency: [Latency]
  /// What a million requests cost with each variant.
  package var cost: [Cost]
  /// Where a function and a direct integration cost the same.
  package var breakEven: [BreakEven] = []
  /// How, when and where it was measured.
  package var run: Run

  /// One way from a POST to a job.
  package struct Variant: Codable, Hashable, Sendable {
    /// A short name, such as `direct`; the other parts refer to it.
    package var id: String
    /// The name in words.
    package var name: String
    /// The integration's type: `aws_proxy` or `aws`.
    package var integration: IntegrationKind
    /// `REST` or `HTTP`.
    package var api: APIKind
    /// The template that was run here; nil for a deployed stage.
    package var template: String?
    /// The URL of a deployed stage; nil when it was run here.
    package var url: String?
    /// What a reader has to know of it to judge it fairly; nil when there's nothing.
    package var note: String? = nil
  }
}
