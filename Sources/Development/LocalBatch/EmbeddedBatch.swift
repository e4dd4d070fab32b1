package import LocalServer
package import Platform
package import SigV4

/// AWS Batch's operations on jobs, and what belongs to them, on a loopback port.
///
/// It supports the operations of `BatchOperation.all` with the shapes, checks and errors of AWS Batch, and rejects
/// requests that aren't signed with the demo key pair. No container ever runs: jobs advance by the clock alone, as its
/// `Compute` says, from `SUBMITTED` to `SUCCEEDED` or, after the attempts that their retry strategies allow, `FAILED`.
/// Without `Compute`, a job stays `RUNNABLE`, or `PENDING` if it is an array or depends on other jobs, until it is
/// cancelled or terminated. In either case, jobs that depend on a job that failed fail with it, and a job that depends
/// on an unknown job waits forever. Unlike AWS, a `PENDING` job is cancelled at once, not when its dependencies end.
/// Every definition is for a container, but overrides of every kind are accepted and returned, and share identifiers
/// are accepted on any queue. All state is in memory, shared by the copies of one value.
/// See the [AWS Batch API Reference](https://docs.aws.amazon.com/batch/latest/APIReference/Welcome.html).
package struct EmbeddedBatch: Sendable {
  /// A job queue that always exists.
  package static let sampleJobQueue = "sample-queue"
  /// A job definition that always exists, with revisions 1, 2 and 3, all `ACTIVE`.
  package static let sampleJobDefinition = "sample-job"
  /// The only key pair it accepts: the example keys of AWS's own documentation.
  package static let demoCredentials = AWSCredentials(
    accessKeyID: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")

  /// The names of its job queues, sorted.
  package let jobQueues: [String]
  /// The job definitions that it starts with, each as `NAME:REVISION`, sorted.
  package let jobDefinitions: [String]

  let store: JobStore
  private let verifier: SignatureVerifier

  /// A Batch of one region, with the sample queue and definition and the given ones.
  ///
  /// A job definition is written as `NAME`, which means its revision 1, or `NAME:REVISION`. Names for which
  /// `isJobQueue` or `isJobDefinition` is false are never found. Disabled queues and inactive definitions are
  /// described, but reject jobs. Nothing runs the jobs unless there is `compute`. ListJobs shows a job only `listDelay`
  /// after it was accepted: AWS's is eventually consistent, too. The clock dates the jobs, moves them on, and decides
  /// whether a signature is current.
  package init(
    region: String = "us-east-1", jobQueues: [String] = [], jobDefinitions: [String] = [],
    disabledJobQueues: [String] = [], inactiveJobDefinitions: [String] = [], compute: Compute? = nil,
    listDelay: Duration = .zero, clock: WallClock = .system
  ) {
    let samples = (1...3).map { JobDefinitionRevision(name: Self.sampleJobDefinition, revision: $0) }
    let catalog = BatchCatalog(
      region: region, jobQueues: [Self.sampleJobQueue] + jobQueues,
      jobDefinitions: samples + jobDefinitions.compactMap { JobDefinitionRevision($0) },
      disabledJobQueues: disabledJobQueues,
      inactiveJobDefinitions: inactiveJobDefinitions.compactMap { JobDefinitionRevision($0) })
    self.jobQueues = catalog.jobQueues.map(\.name)
    self.jobDefinitions = catalog.jobDefinitions.map(\.revision.description)
    store = JobStore(catalog: catalog, compute: compute, listDelay: listDelay, clock: clock)
    verifier = SignatureVerifier(
      region: region, service: "batch", credentials: Self.demoCredentials, clock: clock)
  }

  /// Whether a text is a valid job queue name: 1 to 128 letters, digits, hyphens and underscores.
  package static func isJobQueue(_ name: String) -> Bool { name.isResourceName }

  /// Whether a text is a valid job definition, as `NAME` or `NAME:REVISION`.
  package static func isJobDefinition(_ name: String) -> Bool { JobDefinitionRevision(name) != nil }

  /// The bodies of the accepted SubmitJob requests, byte for byte, in order of arrival.
  package var submitJobBodies: [[UInt8]] {
    get async { await store.submitJobBodies }
  }

  /// The bodies of all received SubmitJob requests, accepted or not, in order of arrival.
  package var receivedBodies: [[UInt8]] {
    get async { await store.receivedBodies }
  }

  /// Sets how some operations respond to requests from now on.
  package func behave(_ behaviour: Behaviour, for operations: Operations = .submitJob) async {
    await store.behave(behaviour, for: operations)
  }

  /// Listens on the loopback addresses while `body` runs, and hands it the port; 0 picks a free one.
  ///
  /// - Parameter log: receives an entry for each request.
  /// - Throws: `LocalServerError` when it can't listen on the port, and whatever `body` throws.
  package func serve<Value: Sendable>(
    port: Int = 0, configuration: LocalServerConfiguration = LocalServerConfiguration(),
    log: @escaping @Sendable (BatchLogEntry) -> Void = { _ in }, _ body: @Sendable (Int) async throws -> Value
  ) async throws -> Value {
    let frontDoor = BatchFrontDoor(verifier: verifier, store: store, log: log)
    return try await withLocalServer(frontDoor, port: port, configuration: configuration, body)
  }
}
