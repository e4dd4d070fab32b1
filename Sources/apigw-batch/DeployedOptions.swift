internal import ArgumentParser
internal import Comparison
internal import Foundation
internal import Platform

/// Which deployed stages are compared, as options.
struct DeployedOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A stage's Lambda integration: its URL for one queue and definition.", valueName: "url"))
  var lambdaUrl: String?

  @Option(
    help: ArgumentHelp("A stage's direct integration: its URL for one queue and definition.", valueName: "url"))
  var directUrl: String?

  @Flag(help: "Sign the requests with your own keys, for stages with IAM authorization.")
  var sign = false

  /// The stages; none unless a URL is given.
  func variants(_ environment: Platform.Environment) async throws -> [RunningVariant] {
    if lambdaUrl == nil, directUrl == nil {
      if sign { throw UsageError("--sign is for deployed stages; type it with --lambda-url or --direct-url") }
      return []
    }
    var variants: [RunningVariant] = []
    let account = sign ? try await BatchAccount.aws(environment) : nil
    for (url, id, name, integration) in [
      (lambdaUrl, "lambda", "Lambda integration", "aws_proxy"), (directUrl, "direct", "direct integration", "aws"),
    ] {
      guard let url else { continue }
      let (host, path) = HTTPURL(url).map { ($0.host, $0.path) } ?? ("", "")
      // A stage's region is in its name; a domain of one's own says nothing.
      let region = host.split(separator: ".").drop { $0 != "execute-api" }.dropFirst().first.map(String.init)
      let signing = account.map {
        HTTPTarget.Signing(credentials: $0.credentials, region: region ?? $0.region)
      }
      do {
        variants.append(
          try RunningVariant(
            deployedAt: url, id: id, name: name, integration: integration,
            // A REST API always has its stage in the path, and an HTTP API no direct integration.
            api: integration == "aws_proxy" && path.split(separator: "/").count == 3 ? "HTTP" : "REST",
            environment: environment, signing: signing))
      } catch let error as DeployedURLError {
        throw UsageError("\(error)")
      }
    }
    return variants
  }
}
