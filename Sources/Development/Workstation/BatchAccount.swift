internal import LocalBatch
package import Platform
package import SigV4

/// The region, the keys and the variables with which the function calls a Batch and its tables. Lambda passes them in the environment.
package struct BatchAccount: Sendable {
  /// The region to sign requests for.
  package var region: String
  /// The keys to sign requests with.
  package var credentials: AWSCredentials
  /// The variables that locate Batch and DynamoDB.
  package var variables: [String: String]

  /// The URL of a Batch other than AWS's own; nil for AWS.
  package var endpoint: String? { variables["AWS_ENDPOINT_URL_BATCH"] ?? variables["AWS_ENDPOINT_URL"] }

  /// The region for requests signed with the demo keys.
  package static let demoRegion = "us-east-1"

  /// A Batch other than AWS's, called with the demo keys whatever keys the environment has, so that the user's own
  /// keys never reach a server they weren't made for. The region is the only one that `apigw-batch batch` accepts.
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
  /// The variables in a list that are set.
  package func variables(_ names: [String]) -> [String: String] {
    names.reduce(into: [:]) { $0[$1] = self[$1] }
  }
}
