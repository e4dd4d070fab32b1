internal import ArgumentParser
internal import Comparison
internal import Foundation
internal import Platform
internal import SAMTemplate
internal import SigV4
internal import Workstation

/// The options that choose deployed stages to compare.
struct DeployedOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The URL of a stage's Lambda integration, for one queue and definition.", valueName: "url"))
  var lambdaUrl: String?

  @Option(
    help: ArgumentHelp("The URL of a stage's direct integration, for one queue and definition.", valueName: "url"))
  var directUrl: String?

  @Flag(help: "Sign the requests with your own keys, for stages with IAM authorization.")
  var sign = false

  /// Whether stages are compared, rather than local variants.
  var isChosen: Bool { lambdaUrl != nil || directUrl != nil }

  /// Rejects options that apply only to the other kind of variant.
  func check(templates: [String], _ load: LoadOptions) throws {
    if sign, !isChosen { throw UsageError("--sign is for deployed stages; use it with --lambda-url or --direct-url") }
    if isChosen, !templates.isEmpty {
      throw UsageError(
        "templates run here, but stages run in AWS: compare one kind at a time",
        run: "\(CommandName.invocation) compare --help")
    }
    if isChosen, load.batchDelay != 0 {
      throw UsageError("--batch-delay delays a local Batch, but deployed stages use their own; leave it out")
    }
  }

  /// The stages, and a sentence about each thing that is not known about them.
  ///
  /// - Parameter use: the billed use of the function; nil if unknown.
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
        // A stage's host name contains its region; a custom domain name doesn't.
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
