extension ComparisonReport {
  /// The requests a second that template.yaml lets through.
  static let throttling = 40

  /// What was real, what was simulated and what was absent, a sentence each.
  var scope: [String] {
    let local = variants.filter { !$0.isDeployed }
    let deployed = variants.filter(\.isDeployed)
    var sentences: [String] = []
    if !local.isEmpty {
      sentences += [
        "Run here: the mapping templates and the function's own executable are the real ones. API Gateway, Lambda's "
          + "Runtime API and Batch are simulated on this machine, over loopback.",
        "Not in the times: the network, TLS, IAM's checks, the overhead of API Gateway, Lambda and Batch themselves, and "
          + "what a real cold start does before the process starts (fetching the package, making a sandbox).",
        "Not enforced: throttling, template.yaml's own (\(Self.throttling) requests a second) included; a deployed stage "
          + "refuses what is above it.",
        "Callers, gateway, function and Batch share this machine (\(run.machine)), and slow one another down.",
        run.batchDelay > 0
          ? "Batch was told to take \(Figure.count(run.batchDelay)) ms for an answer; that is in every time of what was "
            + "run here."
          : "No delay was injected into Batch, which answers at once: the times are those of simulations, and of the "
            + "function where there is one.",
      ]
    }
    if !deployed.isEmpty {
      let ids = Figure.list(deployed.map(\.id))
      sentences.append("Deployed: the times of \(ids) have the network from this machine in them.")
    }
    if !local.isEmpty, !deployed.isEmpty {
      sentences.append("Times of deployed stages and of those run here are not to be compared with each other.")
    }
    return sentences
  }
}
