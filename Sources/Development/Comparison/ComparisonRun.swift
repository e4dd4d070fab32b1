internal import Synchronization
package import Platform

/// Runs a comparison: every load and every case against every variant, and the costs that follow.
package struct ComparisonRun: Sendable {
  /// The loads that every variant is measured under.
  let loads: [Load]
  /// How long each local Batch delays its responses.
  let batchDelay: Duration
  let prices: PriceList
  /// The processor architecture that functions are priced for.
  let architecture: PriceList.Architecture
  let environment: Environment
  /// Variables that override those of the SAM templates' functions.
  let variables: [String: String]
  let machine: MachineMonitor
  let progress: @Sendable (Progress) -> Void

  /// How long the idle machine is observed before anything is sent.
  private static let observation = Duration.milliseconds(500)

  /// How much of the comparison has been run.
  package enum Progress: Sendable {
    /// A load on a variant.
    case load(variant: String, Load, LoadProgress)
    /// A cell of the matrix.
    case behaviour(BehaviourMatrix.Progress)
  }

  /// - Parameters:
  ///   - environment: may set `AWS_CA_BUNDLE`.
  ///   - variables: variables that override those of the SAM templates' functions.
  package init(
    loads: [Load], batchDelay: Duration = .zero, prices: PriceList, architecture: PriceList.Architecture,
    environment: Environment, variables: [String: String] = [:], machine: MachineMonitor = .system,
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) {
    self.loads = loads
    self.batchDelay = batchDelay
    self.prices = prices
    self.architecture = architecture
    self.environment = environment
    self.variables = variables
    self.machine = machine
    self.progress = progress
  }

  /// Compares the variants of SAM templates and deployed ones.
  ///
  /// A cancelled task gets a report of the results so far. The report's `run` is `about` with the notes and warnings of
  /// the results added.
  package func report(
    local: [TemplateVariant], deployed: [RunningVariant] = [], about run: ComparisonReport.Run
  ) async throws -> ComparisonReport {
    let logs = Logs()
    return try await withLocalVariants(
      local, variables: variables, batchDelay: batchDelay, log: { logs[$0].note($1) }
    ) { running in
      var draft = ReportDraft()
      let variants = running + deployed
      let idle = machine.now
      try? await Task.sleep(for: Self.observation)
      let before = machine.reading(since: idle)
      let start = machine.now
      var admitting = try variants.map { try MeasuredVariant($0, environment) }
      for load in loads where !Task.isCancelled {
        admitting = try await measure(admitting, under: load, logs, &draft)
      }
      draft.load = before.map { .init(cores: machine.cores, before: $0, during: machine.reading(since: start)) }
      if Task.isCancelled { draft.noteUnmeasured(variants.map(\.description.id), loads) }
      // A variant that rejects every request would tell nothing about the matrix.
      let matrix = await BehaviourMatrix(admitting.map(\.variant)).run { progress(.behaviour($0)) }
      if let reason = matrix.incomplete { draft.incomplete.append(reason) }
      return draft.report(variants.map(\.description), matrix, prices, about: run)
    }
  }

  /// Measures variants under a load, in turns. Processes are cold in the warm-up of a variant's first load.
  ///
  /// - Returns: the variants that more can be asked of: not a stage that is dead or created no job.
  private func measure(
    _ variants: [MeasuredVariant], under load: Load, _ logs: Logs, _ draft: inout ReportDraft
  ) async throws -> [MeasuredVariant] {
    var sessions = try variants.map { variant in
      try LoadGenerator(
        load, reports: variant.isDeployed ? nil : logs[variant.id],
        progress: { progress(.load(variant: variant.id, load, $0)) },
        makeSender: { try variant.target.sender(noting: variant.responses) }
      ).session(rounds: load.rounds)
    }
    for _ in 0..<load.rounds {
      for index in sessions.indices where !Task.isCancelled { await sessions[index].runRound() }
    }
    var admitting: [MeasuredVariant] = []
    for (variant, session) in zip(variants, sessions) {
      guard session.hasBegun else {
        admitting.append(variant)
        continue
      }
      let result = session.result
      draft.add(result, of: variant.variant.description, architecture: architecture, use: variant.variant.function)
      if variant.isDeployed, result.isDead || !variant.responses.hasJob {
        draft.exclude(variant.id, variant.variant.exclusionReason(result, variant.responses.first))
        continue
      }
      if !variant.responses.hasJob, let warning = variant.variant.warning(of: result, variant.responses.first) {
        draft.warn(warning)
      }
      admitting.append(variant)
    }
    return admitting
  }
}

/// A variant that loads are sent to, with what it responded so far.
private struct MeasuredVariant: Sendable {
  let variant: RunningVariant
  let target: HTTPTarget
  let responses = ResponseLog()

  var id: String { variant.description.id }
  var isDeployed: Bool { variant.batch == nil }

  init(_ variant: RunningVariant, _ environment: Environment) throws {
    self.variant = variant
    target = try HTTPTarget(url: variant.submitURL, signing: variant.signing, environment: environment) { _ in
      RunningVariant.emptyJob
    }
  }
}

/// Lambda's reports, by variant.
private final class Logs: Sendable {
  private let logs = Mutex<[String: InvocationReports]>([:])

  subscript(variant: String) -> InvocationReports {
    logs.withLock { logs in
      let log = logs[variant] ?? InvocationReports()
      logs[variant] = log
      return log
    }
  }
}
