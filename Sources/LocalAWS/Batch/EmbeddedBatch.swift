internal import Hummingbird
public import Platform
public import SigV4

/// AWS Batch's job operations on a loopback port, with no compute behind them.
public struct EmbeddedBatch: Sendable {
  /// A job queue that is always known.
  public static let sampleJobQueue = "sample-queue"
  /// A job definition that is always known, with the revisions 1, 2 and 3, all `ACTIVE`.
  public static let sampleJobDefinition = "sample-job"
  /// The one key pair it accepts: the example keys of AWS's own documentation.
  public static let demoCredentials = AWSCredentials(
    accessKeyID: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")

  /// A Batch that knows the sample names and these; a job definition is `NAME` or `NAME:REVISION`.
  public init(
    region: String = "us-east-1", jobQueues: [String] = [], jobDefinitions: [String] = [], clock: WallClock = .system
  ) {
  }

  /// Listens on 127.0.0.1 while `body` runs, and hands it the port; 0 picks a free one.
  public func serve<Value: Sendable>(
    port: Int = 0, _ body: @Sendable (Int) async throws -> Value
  ) async throws -> Value {
    try await withLocalServer(Router(), port: port, body)
  }
}
