internal import HTTPTransport
package import LocalBatch
package import Platform
package import SAMTemplate

/// A variant that can be sent requests: on this machine, with a Batch of its own, or a deployed stage.
package struct RunningVariant: Sendable {
  /// What the report says of it.
  package internal(set) var description: ComparisonReport.Variant
  /// Where it takes jobs.
  package let url: SubmitURL
  /// A queue that it can submit to.
  package let jobQueue: String
  /// A definition that it can submit.
  package let jobDefinition: String
  /// The Batch that it alone talks to; nil for a deployed stage, whose Batch nobody sees from here.
  package let batch: EmbeddedBatch?
  /// What signs the requests to a deployed stage that asks for it.
  let signing: HTTPTarget.Signing?
  let caller: Caller
  /// What is billed for the function of a deployed stage, as its owner says; nil where it's measured, or not known.
  let function: FunctionUse?
  /// How it's started again under other conditions; nil for a deployed stage.
  let stage: LocalStage?

  /// The least body that every variant takes, as `application/json`: a job with no members of the caller's.
  package static let emptyJob = Array("{}".utf8)

  /// The URL of a good request.
  package var submitURL: String { url.url(jobQueue: jobQueue, jobDefinition: jobDefinition) }

  /// A deployed stage.
  ///
  /// - Parameters:
  ///   - url: where a job is posted to, as in `https://…/v1/direct/jobs/my-queue/my-job`: the last two segments are a
  ///     queue and a definition of the account's, and every job goes there.
  ///   - integration: `aws_proxy` or `aws`.
  ///   - environment: `AWS_CA_BUNDLE`, as everywhere.
  ///   - signing: signs the requests, where the stage asks for it.
  ///   - function: what is billed for its function, as its owner says.
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
