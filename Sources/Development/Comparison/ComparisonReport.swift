/// What a comparison of integrations has found, as `--json` writes it.
///
/// Times are in milliseconds, money in US dollars. `docs/comparison.schema.json` describes the JSON.
public struct ComparisonReport: Codable, Hashable, Sendable {
  /// What was compared.
  public var variants: [Variant]
  /// What each variant made of each case.
  public var behaviour: [Behaviour]
  /// How long each variant took.
  public var latency: [Latency]
  /// What a million requests cost with each variant.
  public var cost: [Cost]
  /// Where a function and a direct integration cost the same.
  public var breakEven: [BreakEven] = []
  /// How, when and where it was measured.
  public var run: Run

  /// One way from a POST to a job.
  public struct Variant: Codable, Hashable, Sendable {
    /// A short name, such as `direct`; the other parts refer to it.
    public var id: String
    /// The name in words.
    public var name: String
    /// The integration's type: `aws_proxy` or `aws`.
    public var integration: String
    /// `REST` or `HTTP`.
    public var api: String
    /// The template that was run here; nil for a deployed stage.
    public var template: String?
    /// The URL of a deployed stage; nil when it was run here.
    public var url: String?
    /// What a reader has to know of it to judge it fairly; nil when there's nothing.
    public var note: String? = nil
  }
}
