package import LocalAPIGateway
internal import LocalBatch
internal import LocalServer
internal import LocalTable
internal import Platform
internal import SAMTemplate

/// Runs variants on this machine while `body` runs. Each has its own gateway, function processes, Batch and table of
/// idempotency keys, so that what reaches Batch can be attributed to a variant, and variants don't slow one another down.
///
/// - Parameters:
///   - variables: variables that override those of the SAM templates' functions. By default, functions log nothing.
///   - batchDelay: how long each Batch delays its responses.
///   - log: receives the gateway's entry for each request and Lambda's entries, with the variant's id.
/// - Throws: `TemplateFileError`, `LocalServerError`, and whatever `body` throws.
package func withLocalVariants<Value: Sendable>(
  _ variants: [TemplateVariant], variables: [String: String] = [:], batchDelay: Duration = .zero,
  log: @escaping @Sendable (_ variant: String, _ entry: GatewayLogEntry) -> Void = { _, _ in },
  _ body: @Sendable ([RunningVariant]) async throws -> Value
) async throws -> Value {
  let variables = ["AWS_LAMBDA_LOG_LEVEL": "FATAL"].merging(variables) { $1 }
  return try await run(
    variants.withUniqueIDs[...], variables, EmbeddedBatch.Behaviour(delay: batchDelay), log, [], body)
}

/// Runs the first variant, and the others recursively inside it.
private func run<Value: Sendable>(
  _ variants: ArraySlice<TemplateVariant>, _ variables: [String: String], _ behaviour: EmbeddedBatch.Behaviour,
  _ log: @escaping @Sendable (String, GatewayLogEntry) -> Void, _ running: [RunningVariant],
  _ body: @Sendable ([RunningVariant]) async throws -> Value
) async throws -> Value {
  guard let variant = variants.first else { return try await body(running) }
  let batch = variant.embeddedBatch()
  await batch.behave(behaviour)
  var server = LocalServerConfiguration()
  server.limits = LocalStage.limits
  let table = EmbeddedTable(
    names: variant.keyTables, region: LocalStage.region, credentials: EmbeddedBatch.demoCredentials)
  return try await batch.serve(configuration: server) { [server] batchPort in
    try await table.serve(configuration: server) { tablePort in
      let table = ["AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:\(tablePort)"]
      let stage = LocalStage(
        variant: variant, batch: batch, behaviour: behaviour, batchURL: "http://127.0.0.1:\(batchPort)",
        variables: variables.merging(table) { $1 }
      ) { log(variant.description.id, $0) }
      return try await stage.serve { url, _ in
        let next = RunningVariant(variant.description, url: url, stage: stage)
        return try await run(variants.dropFirst(), variables, behaviour, log, running + [next], body)
      }
    }
  }
}

extension TemplateVariant {
  /// A Batch with the SAM template's job queues and job definitions, and a queue next to the sample queue.
  func embeddedBatch(compute: EmbeddedBatch.Compute? = nil, clock: WallClock = .system) -> EmbeddedBatch {
    EmbeddedBatch(
      region: LocalStage.region, jobQueues: [SubmitCase.otherJobQueue] + batch.jobQueues,
      jobDefinitions: batch.jobDefinitions, disabledJobQueues: batch.disabledJobQueues, compute: compute, clock: clock)
  }
}

extension [TemplateVariant] {
  /// The variants with duplicate ids numbered: two files may have the same name.
  var withUniqueIDs: [TemplateVariant] {
    var taken: Set<String> = []
    return map { variant in
      var variant = variant
      let base = variant.description.id
      var number = 1
      while !taken.insert(variant.description.id).inserted {
        number += 1
        variant.description.id = "\(base)#\(number)"
      }
      return variant
    }
  }
}
