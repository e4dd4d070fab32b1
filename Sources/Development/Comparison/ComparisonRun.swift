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
  let progress: @Sendable (Progress) -> Void

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
    environment: Environment, variables: [String: String] = [:],
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) {
    self.loads = loads
    self.batchDelay = batchDelay
    self.prices = prices
    self.architecture = architecture
    self.environment = environment
    self.variables = variables
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
      var admitting: [RunningVariant] = []
      for variant in variants {
        if try await measure(variant, logs, &draft) { admitting.append(variant) }
      }
      if Task.isCancelled { draft.noteUnmeasured(variants.map(\.description.id), loads) }
      // A variant that rejects every request would tell nothing about the matrix.
      let matrix = await BehaviourMatrix(admitting).run { progress(.behaviour($0)) }
      if let reason = matrix.incomplete { draft.incomplete.append(reason) }
      return draft.report(variants.map(\.description), matrix, prices, about: run)
    }
  }

  /// Measures a variant under each load. Processes are cold in the warm-up of a variant's first load.
  ///
  /// - Returns: whether the cases can be run against it: not if it is a stage that is dead or created no job.
  private func measure(_ variant: RunningVariant, _ logs: Logs, _ draft: inout ReportDraft) async throws -> Bool {
    let id = variant.description.id
    let target = try HTTPTarget(url: variant.submitURL, signing: variant.signing, environment: environment) { _ in
      RunningVariant.emptyJob
    }
    let isDeployed = variant.batch == nil
    let responses = ResponseLog()
    for load in loads where !Task.isCancelled {
      let result = try await LoadGenerator(
        load, reports: isDeployed ? nil : logs[id], progress: { progress(.load(variant: id, load, $0)) },
        makeSender: { try target.sender(noting: responses) }
      ).run()
      draft.add(result, of: variant.description, architecture: architecture, use: variant.function)
      if isDeployed {
        guard result.isDead || !responses.hasJob else { continue }
        draft.exclude(id, variant.exclusionReason(result, responses.first))
        return false
      }
      if !responses.hasJob, let warning = variant.warning(of: result, responses.first) { draft.warn(warning) }
    }
    return true
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
