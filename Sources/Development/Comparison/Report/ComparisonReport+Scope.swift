extension ComparisonReport {
  /// The requests a second that each route of template.yaml lets through.
  static let throttling = 16

  /// What was real, what was simulated and what was absent, a sentence each; a run is here, or of deployed stages.
  var scope: [String] {
    if variants.contains(where: \.isDeployed) {
      return ["Deployed: the times of \(Figure.list(variants.map(\.id))) have the network from this machine in them."]
    }
    if variants.isEmpty { return [] }
    return [
      "Run here: the mapping templates and the function's own executable are the real ones. API Gateway, Lambda's "
        + "Runtime API and Batch are simulated on this machine, over loopback.",
      "Not in the times: the network, TLS, IAM's checks, the overhead of API Gateway, Lambda and Batch themselves, and "
        + "what a real cold start does before the process starts (fetching the package, making a sandbox).",
      "Not enforced: throttling, template.yaml's own (\(Self.throttling) requests a second on each route) included; a deployed stage "
        + "refuses what is above it.",
      "Callers, gateway, function and Batch share this machine (\(run.machine)), and slow one another down.",
      run.batchDelay > 0
        ? "Batch was told to take \(Figure.count(run.batchDelay)) ms for an answer; that is in every time."
        : "No delay was injected into Batch, which answers at once: the times are those of simulations, and of the "
          + "function where there is one.",
    ]
  }
}
