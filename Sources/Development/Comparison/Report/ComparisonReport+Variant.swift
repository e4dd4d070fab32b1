internal import SAMTemplate

extension ComparisonReport.Variant {
  /// Whether it has no function: the gateway itself calls Batch.
  var isDirect: Bool { integration == .service }

  /// Whether it's a deployed stage, somewhere behind a network.
  var isDeployed: Bool { url != nil }

  /// What it is, on a line.
  var summary: String {
    let place = url.map { "deployed at \($0)" } ?? template.map { "\($0), run here" } ?? "run here"
    return "\(name) (\(api), \(integration)); \(place)."
  }
}
