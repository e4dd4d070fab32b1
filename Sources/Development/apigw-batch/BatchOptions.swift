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

  /// Rejects contradictory options and invalid values.
  func check() throws {
    if batch != nil, batchEndpoint != nil {
      throw UsageError("--batch aws and --batch-endpoint are mutually exclusive; use one of them")
    }
    if batch != nil || batchEndpoint != nil, !names.jobQueues.isEmpty || !names.jobDefinitions.isEmpty {
      throw UsageError(
        "--queue and --definition are for the embedded Batch; use them without --batch and --batch-endpoint")
    }
    if let batchEndpoint { try Self.check(endpoint: batchEndpoint) }
    try names.check()
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
  ///   - keyTables: the tables, by name or ARN.
  func withBatch<Value: Sendable>(
    _ environment: Platform.Environment, port: Int = 0, template: BatchDefinition = BatchDefinition(),
    keyTables: [String], admission: Admission = .loopback, _ body: @Sendable (BatchAccount) async throws -> Value
  ) async throws -> Value {
    let tables = KeyTables(names: keyTables, environment)
    if batch == .aws { return try await tables.serve(for: .aws(environment), body) }
    if let batchEndpoint { return try await tables.serve(for: .demo(endpoint: batchEndpoint), body) }
    let embedded = EmbeddedBatch(
      jobQueues: names.jobQueues + template.jobQueues, jobDefinitions: names.jobDefinitions + template.jobDefinitions,
      disabledJobQueues: template.disabledJobQueues)
    var server = LocalServerConfiguration()
    server.admission = admission
    server.refused = { StandardError.write("Batch: \($0)") }
    return try await embedded.serve(port: port, configuration: server) { port in
      try await tables.serve(for: .demo(endpoint: "http://127.0.0.1:\(port)"), body)
    }
  }
}
