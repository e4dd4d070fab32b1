internal import Hummingbird
internal import LocalServer
package import Platform
package import SigV4

/// AWS Batch's job operations on a loopback port, with no compute behind them.
///
/// It answers SubmitJob, DescribeJobs, ListJobs, CancelJob, TerminateJob, DescribeJobQueues and DescribeJobDefinitions
/// with the shapes, checks and errors of AWS Batch, and refuses a request that isn't signed with the demo key pair. A
/// job stays `RUNNABLE`, or `PENDING` when it is an array or waits for other jobs, until it is cancelled or terminated;
/// then it is `FAILED`, and so are the jobs that wait for it. A job that waits for one nobody knows waits on. Every
/// definition is a container's, but overrides of every kind are taken and shown, and share identifiers on any queue.
/// Everything is in memory, shared by the copies of one value.
/// See the [AWS Batch API Reference](https://docs.aws.amazon.com/batch/latest/APIReference/Welcome.html).
package struct EmbeddedBatch: Sendable {
  /// A job queue that is always known.
  package static let sampleJobQueue = "sample-queue"
  /// A job definition that is always known, with the revisions 1, 2 and 3, all `ACTIVE`.
  package static let sampleJobDefinition = "sample-job"
  /// The one key pair it accepts: the example keys of AWS's own documentation.
  package static let demoCredentials = AWSCredentials(
    accessKeyID: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")

  private let store: JobStore
  private let verifier: SignatureVerifier

  /// A Batch of one region that knows the sample names and these.
  ///
  /// A job definition is `NAME`, its revision 1, or `NAME:REVISION`; what `isJobQueue` or `isJobDefinition` is false
  /// for is never found. What is disabled or inactive is described, and no job can be submitted with it. The clock
  /// dates the jobs and is what signatures are held against.
  package init(
    region: String = "us-east-1", jobQueues: [String] = [], jobDefinitions: [String] = [],
    disabledJobQueues: [String] = [], inactiveJobDefinitions: [String] = [], clock: WallClock = .system
  ) {
    let samples = (1...3).map { JobDefinitionRevision(name: Self.sampleJobDefinition, revision: $0) }
    let catalog = BatchCatalog(
      region: region, jobQueues: [Self.sampleJobQueue] + jobQueues,
      jobDefinitions: samples + jobDefinitions.compactMap { JobDefinitionRevision($0) },
      disabledJobQueues: disabledJobQueues,
      inactiveJobDefinitions: inactiveJobDefinitions.compactMap { JobDefinitionRevision($0) })
    store = JobStore(catalog: catalog, clock: clock)
    verifier = SignatureVerifier(region: region, credentials: Self.demoCredentials, clock: clock)
  }

  /// Whether a text can name a job queue: 1 to 128 letters, digits, hyphens and underscores.
  package static func isJobQueue(_ name: String) -> Bool { name.isResourceName }

  /// Whether a text is a job definition's `NAME` or `NAME:REVISION`.
  package static func isJobDefinition(_ name: String) -> Bool { JobDefinitionRevision(name) != nil }

  /// The names of the job queues it knows, sorted.
  package var jobQueues: [String] { store.catalog.jobQueues }

  /// The job definitions it knows, each as `NAME:REVISION`, sorted.
  package var jobDefinitions: [String] { store.catalog.jobDefinitions.map(\.description) }

  /// The bodies of the SubmitJob requests that were accepted, byte for byte, in their order.
  package var submitJobBodies: [[UInt8]] {
    get async { await store.submitJobBodies }
  }

  /// The bodies of all SubmitJob requests that were received, accepted or not, in their order.
  package var receivedBodies: [[UInt8]] {
    get async { await store.receivedBodies }
  }

  /// Answers the requests of some operations that come from now on in this way.
  package func behave(_ behaviour: Behaviour, for operations: Operations = .submitJob) async {
    await store.behave(behaviour, for: operations)
  }

  /// Listens on 127.0.0.1 while `body` runs, and hands it the port; 0 picks a free one.
  ///
  /// - Throws: `LocalServerError` when it can't listen on the port, and whatever `body` throws.
  package func serve<Value: Sendable>(
    port: Int = 0, _ body: @Sendable (Int) async throws -> Value
  ) async throws -> Value {
    try await withLocalServer(router, port: port, body)
  }

  private var router: Router<BatchRequestContext> {
    let store = store
    let router = Router(context: BatchRequestContext.self)
    router.add(middleware: BatchFrontDoor(verifier: verifier, store: store))
    router.operation("/v1/submitjob") { try await store.submit($0, body: $1) }
    router.operation("/v1/describejobs") { input, _ in try await store.describeJobs(input) }
    router.operation("/v1/listjobs") { input, _ in try await store.listJobs(input) }
    router.operation("/v1/canceljob") { input, _ in try await store.stop(input, .cancelled) }
    router.operation("/v1/terminatejob") { input, _ in try await store.stop(input, .terminated) }
    router.operation("/v1/describejobqueues") { input, _ in try await store.describeJobQueues(input) }
    router.operation("/v1/describejobdefinitions") { input, _ in try await store.describeJobDefinitions(input) }
    return router
  }
}
