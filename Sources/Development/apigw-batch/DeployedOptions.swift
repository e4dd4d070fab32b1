internal import ArgumentParser
internal import Comparison
internal import Foundation
internal import Platform
internal import SAMTemplate
internal import SigV4
internal import Workstation

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

  /// Whether stages are compared, and nothing is run here.
  var isChosen: Bool { lambdaUrl != nil || directUrl != nil }

  /// Refuses what goes with one kind of variants alone.
  func check(templates: [String], _ load: LoadOptions) throws(UsageError) {
    if sign, !isChosen { throw UsageError("--sign is for deployed stages; type it with --lambda-url or --direct-url") }
    if isChosen, !templates.isEmpty {
      throw UsageError("templates run here, and stages in AWS: compare one kind; run: apigw-batch compare --help")
    }
    if isChosen, load.batchDelay != 0 {
      throw UsageError("--batch-delay is for a Batch of this machine, and stages have their own; leave it out")
    }
  }

  /// The stages, and what is not known of them, a sentence each.
  ///
  /// - Parameter use: what is billed for the function; nil when nobody has said it.
  func variants(
    function use: FunctionUse?, _ environment: Platform.Environment
  ) async throws -> (variants: [RunningVariant], warnings: [String]) {
    var variants: [RunningVariant] = []
    var warnings: [String] = []
    let files = sign ? try SharedFiles(environment) : nil
    var credentials: AWSCredentials?
    if let files { credentials = try await .resolve(environment, files) }
    let stages: [(url: String?, id: String, name: String, integration: IntegrationKind)] = [
      (lambdaUrl, "lambda", "Lambda integration", .lambdaProxy), (directUrl, "direct", "direct integration", .service),
    ]
    for (url, id, name, integration) in stages {
      guard let url else { continue }
      var signing: HTTPTarget.Signing?
      if let files, let credentials {
        // A stage's region is in its name; a domain of one's own says nothing.
        let region = (HTTPURL(url)?.host ?? "").split(separator: ".").drop { $0 != "execute-api" }.dropFirst().first
        signing = HTTPTarget.Signing(
          credentials: credentials, region: try region.map { String($0) } ?? files.region(environment))
      }
      var variant = try RunningVariant(
        deployedAt: url, id: id, name: name, integration: integration, environment: environment, signing: signing,
        function: integration == .lambdaProxy ? use : nil)
      if let warning = variant.detectAPI() { warnings.append(warning) }
      variants.append(variant)
    }
    return (variants, warnings)
  }
}
