internal import ArgumentParser
internal import Foundation
internal import LocalBatch
internal import LocalServer
internal import Platform
internal import SAMTemplate
internal import Workstation

/// The options that choose the Batch to submit to.
struct BatchOptions: ParsableArguments {
  /// The values of `--batch`.
  enum Service: String, CaseIterable, ExpressibleByArgument {
    case aws
  }

  @Option(help: ArgumentHelp("Submit real jobs, with your own keys.", valueName: "aws"))
  var batch: Service?

  @Option(
    help: ArgumentHelp("Submit to the Batch at this URL, with the demo keys.", valueName: "url"))
  var batchEndpoint: String?

  @OptionGroup var names: EmbeddedBatchOptions

  /// Whether jobs go to the Batch inside the command.
  var isEmbedded: Bool { batch == nil && batchEndpoint == nil }

  /// Rejects contradictory options and invalid values.
  ///
  /// - Parameter compute: the options that say how jobs run.
  func check(_ compute: ComputeOptions? = nil) throws {
    if batch != nil, batchEndpoint != nil {
      throw UsageError("--batch aws and --batch-endpoint are mutually exclusive; use one of them")
    }
    if !isEmbedded, !names.jobQueues.isEmpty || !names.jobDefinitions.isEmpty {
      throw UsageError(
        "--queue and --definition are for the embedded Batch; use them without --batch and --batch-endpoint")
    }
    if !isEmbedded, let compute, compute.isGiven {
      throw UsageError(
        "--run-for and --fail are for the embedded Batch; use them without --batch and --batch-endpoint")
    }
    if let batchEndpoint { try Self.check(endpoint: batchEndpoint) }
    try names.check()
    try compute?.check()
  }

  /// Rejects an endpoint that requests can't be sent to.
  static func check(endpoint: String) throws {
    guard HTTPURL(endpoint)?.plainPath != nil else {
      throw UsageError(
        "--batch-endpoint \(endpoint.redactingUserInfo): not an http or https URL with a plain path; "
          + "use one such as --batch-endpoint http://127.0.0.1:5000")
    }
  }

  /// Runs `body` with the chosen Batch, and tables for idempotency keys. What is embedded of them listens while `body`
  /// runs, and admits these callers.
  ///
  /// - Parameters:
  ///   - port: the embedded Batch's port; 0 picks a free one.
  ///   - template: the job queues and job definitions that the embedded Batch has besides those of the options.
  ///   - compute: what runs the embedded Batch's jobs; nil if nothing does.
  ///   - keyTables: the tables, by name or ARN.
  ///   - log: receives an entry for each request to the embedded Batch.
  func withBatch<Value: Sendable>(
    _ environment: Platform.Environment, port: Int = 0, template: BatchDefinition = BatchDefinition(),
    compute: EmbeddedBatch.Compute? = nil, keyTables: [String], admission: Admission = .loopback,
    log: @escaping @Sendable (BatchLogEntry) -> Void = { _ in }, _ body: @Sendable (BatchAccount) async throws -> Value
  ) async throws -> Value {
    let tables = KeyTables(names: keyTables, environment)
    if batch == .aws { return try await tables.serve(for: .aws(environment), body) }
    if let batchEndpoint { return try await tables.serve(for: .demo(endpoint: batchEndpoint), body) }
    let embedded = EmbeddedBatch(
      jobQueues: names.jobQueues + template.jobQueues, jobDefinitions: names.jobDefinitions + template.jobDefinitions,
      disabledJobQueues: template.disabledJobQueues, compute: compute)
    var server = LocalServerConfiguration()
    server.admission = admission
    server.refused = { StandardError.write("Batch: \($0)") }
    return try await embedded.serve(port: port, configuration: server, log: log) { port in
      try await tables.serve(for: .demo(endpoint: "http://127.0.0.1:\(port)"), body)
    }
  }
}
