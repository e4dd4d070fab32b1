internal import ArgumentParser
internal import Foundation
internal import LocalAWS
internal import Platform
internal import SigV4

/// Which Batch the function submits to, as options.
struct BatchOptions: ParsableArguments {
  /// The values of `--batch`.
  enum Service: String, CaseIterable, ExpressibleByArgument {
    case aws
  }

  @Option(help: ArgumentHelp("Submit real jobs, with your own keys. The only value is aws.", valueName: "aws"))
  var batch: Service?

  @Option(
    help: ArgumentHelp("Submit to the Batch at this URL, with the demo keys.", valueName: "URL"))
  var batchEndpoint: String?

  @Option(
    name: .customLong("queue"),
    help: ArgumentHelp("A job queue that the Batch inside knows; may be repeated.", valueName: "NAME"))
  var queues: [String] = []

  @Option(
    name: .customLong("definition"),
    help: ArgumentHelp("A job definition that the Batch inside knows; may be repeated.", valueName: "NAME[:REV]"))
  var definitions: [String] = []

  /// Refuses what contradicts itself.
  func check() throws(UsageError) {
    if batch != nil, batchEndpoint != nil {
      throw UsageError("--batch aws and --batch-endpoint are two Batches; type one, such as --batch aws")
    }
    if batch != nil || batchEndpoint != nil, !queues.isEmpty || !definitions.isEmpty {
      throw UsageError(
        "--queue and --definition are for the Batch inside; leave them out, or type neither --batch nor --batch-endpoint")
    }
    if let batchEndpoint {
      let url = URLComponents(string: batchEndpoint)
      guard let url, ["http", "https"].contains(url.scheme), let host = url.host, !host.isEmpty else {
        throw UsageError(
          "--batch-endpoint \(batchEndpoint): not an http or https URL; type: --batch-endpoint http://127.0.0.1:5000")
      }
    }
  }

  /// Runs `body` with the chosen Batch; the one inside listens while it runs.
  func withBatch<Value: Sendable>(
    _ environment: Platform.Environment, _ body: @Sendable (BatchAccount) async throws -> Value
  ) async throws -> Value {
    if batch == .aws { return try await body(.aws(environment)) }
    if let batchEndpoint { return try await body(.demo(environment, endpoint: batchEndpoint)) }
    let embedded = EmbeddedBatch(jobQueues: queues, jobDefinitions: definitions)
    return try await embedded.serve { port in
      try await body(.demo(Platform.Environment([:]), endpoint: "http://127.0.0.1:\(port)"))
    }
  }
}

/// What the function needs to call a Batch, as Lambda passes it on in the environment.
struct BatchAccount: Sendable {
  /// The region that requests are signed for.
  var region: String
  /// The keys that sign.
  var credentials: AWSCredentials
  /// Variables that say where Batch is.
  var variables: [String: String]

  /// An endpoint that isn't AWS: signed with the demo keys, whatever keys the environment has, so that nobody's
  /// own reach a server they were not made for.
  static func demo(_ environment: Platform.Environment, endpoint: String) -> BatchAccount {
    BatchAccount(
      region: environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? "us-east-1",
      credentials: EmbeddedBatch.demoCredentials, variables: ["AWS_ENDPOINT_URL_BATCH": endpoint])
  }

  /// The user's own account.
  static func aws(_ environment: Platform.Environment) async throws -> BatchAccount {
    let files = try SharedFiles(environment)
    return BatchAccount(
      region: try files.region(environment), credentials: try await .resolve(environment, files),
      variables: FunctionConfiguration.variables(
        [
          "AWS_ENDPOINT_URL_BATCH", "AWS_ENDPOINT_URL", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT",
          "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy",
        ], from: environment))
  }
}
