internal import LocalBatch
package import Platform
package import SigV4

/// What the function needs to call a Batch, as Lambda passes it on in the environment.
package struct BatchAccount: Sendable {
  /// The region that requests are signed for.
  package var region: String
  /// The keys that sign.
  package var credentials: AWSCredentials
  /// Variables that say where Batch is.
  package var variables: [String: String]

  /// The URL of a Batch that isn't AWS's own; nil for AWS.
  package var endpoint: String? { variables["AWS_ENDPOINT_URL_BATCH"] ?? variables["AWS_ENDPOINT_URL"] }

  /// The region that the demo keys sign for.
  package static let demoRegion = "us-east-1"

  /// A Batch that isn't AWS: signed with the demo keys, whatever keys the environment has, so that nobody's own
  /// reach a server they were not made for; and for the region of `apigw-batch batch`, which takes no other.
  package static func demo(endpoint: String) -> BatchAccount {
    BatchAccount(
      region: demoRegion, credentials: EmbeddedBatch.demoCredentials, variables: ["AWS_ENDPOINT_URL_BATCH": endpoint])
  }

  /// The user's own account.
  package static func aws(_ environment: Platform.Environment) async throws -> BatchAccount {
    let files = try SharedFiles(environment)
    return BatchAccount(
      region: try files.region(environment), credentials: try await .resolve(environment, files),
      variables: environment.variables([
        "AWS_ENDPOINT_URL_BATCH", "AWS_ENDPOINT_URL", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT",
        "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy",
      ]))
  }
}

extension Platform.Environment {
  /// Those variables of a list that are set.
  package func variables(_ names: [String]) -> [String: String] {
    names.reduce(into: [:]) { $0[$1] = self[$1] }
  }
}
