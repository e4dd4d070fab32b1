extension ComparisonReport {
  /// The requests a second that each route of template.yaml allows.
  static let throttling = 16

  /// What was real, what was simulated and what was absent, a sentence each. A run is either local or of deployed
  /// stages.
  var scope: [String] {
    if variants.contains(where: \.isDeployed) {
      return ["Deployed: the times of \(Figure.list(variants.map(\.id))) include the network from this machine."]
    }
    if variants.isEmpty { return [] }
    return [
      "Run here: the mapping templates and the function's executable are the real ones; API Gateway, Lambda's Runtime "
        + "API and Batch are simulated on this machine, over loopback.",
      "Not in the times: the network, TLS, IAM checks, the overhead of API Gateway, Lambda and Batch themselves, and "
        + "what precedes the process in a real cold start (fetching the package, creating a sandbox).",
      "Not enforced: throttling, including template.yaml's own limit (\(Self.throttling) requests a second on each "
        + "route); a deployed stage rejects requests above it.",
      "Workers, gateway, function and Batch share this machine (\(run.machine)) and slow one another down.",
      run.batchDelay > 0
        ? "Batch was set to take \(Figure.count(run.batchDelay)) ms to respond; every time includes that."
        : "No delay was injected into Batch, which responds at once: the times are those of the simulators, and of the "
          + "function where there is one.",
    ]
  }
}
