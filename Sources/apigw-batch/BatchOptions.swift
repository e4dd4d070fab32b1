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

  @Option(help: ArgumentHelp("Submit real jobs, with keys of yours.", valueName: "aws"))
  var batch: Service?

  @Option(
    help: ArgumentHelp("Submit to the Batch at this URL, with the demo keys.", valueName: "url"))
  var batchEndpoint: String?

  @OptionGroup var names: BatchNames

  /// Refuses what contradicts itself.
  func check() throws(UsageError) {
    if batch != nil, batchEndpoint != nil {
      throw UsageError("--batch aws and --batch-endpoint are two Batches; type: --batch aws, or --batch-endpoint alone")
    }
    if batch != nil || batchEndpoint != nil, !names.jobQueues.isEmpty || !names.jobDefinitions.isEmpty {
      throw UsageError(
        "--queue and --definition are for the embedded Batch; type them without --batch and --batch-endpoint")
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
    if let batchEndpoint { return try await body(.demo(endpoint: batchEndpoint)) }
    let embedded = EmbeddedBatch(jobQueues: names.jobQueues, jobDefinitions: names.jobDefinitions)
    return try await embedded.serve { port in
      try await body(.demo(endpoint: "http://127.0.0.1:\(port)"))
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

  /// A Batch that isn't AWS: signed with the demo keys, whatever keys the environment has, so that nobody's own
  /// reach a server they were not made for; and for the region of `apigw-batch batch`, which takes no other.
  static func demo(endpoint: String) -> BatchAccount {
    BatchAccount(
      region: "us-east-1", credentials: EmbeddedBatch.demoCredentials, variables: ["AWS_ENDPOINT_URL_BATCH": endpoint])
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
