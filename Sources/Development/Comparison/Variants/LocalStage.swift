internal import LocalAPIGateway
internal import LocalBatch
internal import LocalServer

/// A local gateway that runs one variant's SAM template, and its own local Batch.
struct LocalStage: Sendable {
  /// The region that SAM templates are run in.
  static let region = "us-east-1"
  /// The value of `AWS::StackName`.
  static let stackName = "apigw-batch"

  /// Room for a load generator with as many workers as it may have.
  static let limits: ConnectionLimits = {
    var limits = ConnectionLimits()
    (limits.connections, limits.requests) = (2 * Load.maximumConcurrency, 2 * Load.maximumConcurrency)
    return limits
  }()

  let variant: TemplateVariant
  let batch: EmbeddedBatch
  /// How the Batch behaves unless a case makes it misbehave.
  let behaviour: EmbeddedBatch.Behaviour
  /// The URL of the Batch.
  let batchURL: String
  /// Variables that override those of the SAM template's functions.
  let variables: [String: String]
  let log: @Sendable (GatewayLogEntry) -> Void

  /// Runs the SAM template on its own port while `body` runs, and passes it the URL to submit to and the gateway.
  ///
  /// - Parameters:
  ///   - batchURL: overrides the URL of the Batch.
  ///   - variables: override further variables of the SAM template's functions.
  ///   - timeLimit: caps the time limits of functions and services.
  func serve<Value: Sendable>(
    batchURL: String? = nil, variables: [String: String] = [:], timeLimit: Duration? = nil,
    _ body: @Sendable (SubmitURL, LocalGateway.Running) async throws -> Value
  ) async throws -> Value {
    let gateway = try LocalGateway(
      templateAt: variant.template, stackName: Self.stackName, parameters: variant.parameters, region: Self.region,
      credentials: EmbeddedBatch.demoCredentials,
      variables: self.variables.merging(["AWS_ENDPOINT_URL_BATCH": batchURL ?? self.batchURL]) { $1 }
        .merging(variables) { $1 },
      timeLimit: timeLimit, limits: Self.limits)
    return try await gateway.serve(log: log) { running in
      try await body(variant.route.at("http://127.0.0.1:\(running.port)"), running)
    }
  }
}
