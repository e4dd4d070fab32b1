internal import LocalAWS
internal import Platform
internal import SigV4

/// What the function needs to call a Batch, as Lambda passes it on in the environment.
struct BatchAccount: Sendable {
  /// The region that requests are signed for.
  var region: String
  /// The keys that sign.
  var credentials: AWSCredentials
  /// Variables that say where Batch is.
  var variables: [String: String]

  /// The URL of a Batch that isn't AWS's own; nil for AWS.
  var endpoint: String? { variables["AWS_ENDPOINT_URL_BATCH"] ?? variables["AWS_ENDPOINT_URL"] }

  /// The region that the demo keys sign for.
  static let demoRegion = "us-east-1"

  /// A Batch that isn't AWS: signed with the demo keys, whatever keys the environment has, so that nobody's own
  /// reach a server they were not made for; and for the region of `apigw-batch batch`, which takes no other.
  static func demo(endpoint: String) -> BatchAccount {
    BatchAccount(
      region: demoRegion, credentials: EmbeddedBatch.demoCredentials, variables: ["AWS_ENDPOINT_URL_BATCH": endpoint])
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
