internal import HTTPTransport
package import LocalBatch
package import Platform
package import SAMTemplate

/// A variant that is ready for requests: a local one with its own Batch, or a deployed stage.
package struct RunningVariant: Sendable {
  /// Its entry in the report.
  package internal(set) var description: ComparisonReport.Variant
  /// The URL of its submit route.
  package let url: SubmitURL
  /// A queue that it can submit to.
  package let jobQueue: String
  /// A definition that it can submit.
  package let jobDefinition: String
  /// Its own Batch; nil for a deployed stage, whose Batch can't be observed.
  package let batch: EmbeddedBatch?
  /// Signs the requests to a deployed stage that requires it.
  let signing: HTTPTarget.Signing?
  let caller: Caller
  /// What a deployed stage's function is billed for, according to its owner; nil if it's measured or unknown.
  let function: FunctionUse?
  /// Starts it again under other conditions; nil for a deployed stage.
  let stage: LocalStage?

  /// The smallest body that every variant accepts as `application/json`: a job without any of the caller's members.
  package static let emptyJob = Array("{}".utf8)

  /// The URL of a good request.
  package var submitURL: String { url.url(jobQueue: jobQueue, jobDefinition: jobDefinition) }

  /// A deployed stage.
  ///
  /// - Parameters:
  ///   - url: the URL to post jobs to, such as `https://…/v1/direct/jobs/my-queue/my-job`. The last two segments are a
  ///     queue and a definition in the account, which every job uses.
  ///   - integration: `aws_proxy` or `aws`.
  ///   - environment: may set `AWS_CA_BUNDLE`.
  ///   - signing: signs the requests, if the stage requires it.
  ///   - function: what its function is billed for, according to its owner.
  /// - Throws: `DeployedURLError`, and `EnvironmentError`.
  package init(
    deployedAt url: String, id: String, name: String, integration: IntegrationKind, environment: Platform.Environment,
    signing: HTTPTarget.Signing? = nil, function: FunctionUse? = nil
  ) throws {
    let place = try DeployedPlace(url, environment)
    description = ComparisonReport.Variant(
      id: id, name: name, integration: integration, api: Self.likelyAPI(of: place.path, integration: integration),
      template: nil, url: url)
    self.url = place.url
    jobQueue = place.jobQueue
    jobDefinition = place.jobDefinition
    self.signing = signing
    self.function = function
    caller = Caller(certificateBundle: try CertificateBundle(environment: environment), signing: signing)
    batch = nil
    stage = nil
  }

  init(_ description: ComparisonReport.Variant, url: SubmitURL, stage: LocalStage) {
    self.description = description
    self.url = url
    self.stage = stage
    batch = stage.batch
    jobQueue = EmbeddedBatch.sampleJobQueue
    jobDefinition = EmbeddedBatch.sampleJobDefinition
    signing = nil
    function = nil
    caller = Caller()
  }
}
