internal import LocalAPIGateway
internal import LocalBatch

/// A gateway that runs one variant's template, and the one Batch that it talks to.
struct LocalStage: Sendable {
  /// The region that templates are run in.
  static let region = "us-east-1"
  /// What `AWS::StackName` stands for.
  static let stackName = "apigw-batch"

  let variant: TemplateVariant
  let batch: EmbeddedBatch
  /// What the Batch does while it isn't told to misbehave.
  let behaviour: EmbeddedBatch.Behaviour
  /// The URL of the Batch.
  let batchURL: String
  /// Variables that go before those of the template's functions.
  let variables: [String: String]
  let log: @Sendable (GatewayLogEntry) -> Void

  /// Runs the template while `body` runs, on a port of its own.
  ///
  /// - Parameters:
  ///   - batchURL: where Batch is said to be instead.
  ///   - timeLimit: the longest that functions and services may take, where the template allows more.
  func serve<Value: Sendable>(
    batchURL: String? = nil, timeLimit: Duration? = nil, _ body: @Sendable (SubmitURL) async throws -> Value
  ) async throws -> Value {
    let gateway = try LocalGateway(
      templateAt: variant.template, stackName: Self.stackName, parameters: variant.parameters, region: Self.region,
      credentials: EmbeddedBatch.demoCredentials,
      variables: variables.merging(["AWS_ENDPOINT_URL_BATCH": batchURL ?? self.batchURL]) { $1 }, timeLimit: timeLimit)
    return try await gateway.serve(log: log) { port in try await body(variant.route.at("http://127.0.0.1:\(port)")) }
  }
}
