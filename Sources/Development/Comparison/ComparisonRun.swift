internal import Synchronization
package import Platform

/// A comparison as it is made: every load and every case with every variant, and what it comes to.
package struct ComparisonRun: Sendable {
  /// What every variant is measured under.
  let loads: [Load]
  /// How long each Batch of this machine holds an answer back.
  let batchDelay: Duration
  let prices: PriceList
  /// The processor architecture that functions are priced for.
  let architecture: PriceList.Architecture
  let environment: Environment
  /// Variables that go before those of the templates' functions.
  let variables: [String: String]
  let progress: @Sendable (Progress) -> Void

  /// How far it has come.
  package enum Progress: Sendable {
    /// A load on a variant.
    case load(variant: String, Load, LoadProgress)
    /// A cell of the matrix.
    case behaviour(BehaviourMatrix.Progress)
  }

  /// - Parameters:
  ///   - environment: `AWS_CA_BUNDLE`, as everywhere.
  ///   - variables: variables that go before those of the templates' functions.
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

  /// Compares variants, those of templates and deployed ones.
  ///
  /// A cancelled task gets a report of what there is by then. `run` of the report has the results' notes and warnings;
  /// the rest of it is `about`'s.
  package func report(
    local: [TemplateVariant], deployed: [RunningVariant] = [], about run: ComparisonReport.Run
  ) async throws -> ComparisonReport {
    let logs = Logs()
    return try await withLocalVariants(
      local, variables: variables, batchDelay: batchDelay, log: { logs[$0].note($1) }
    ) { running in
      var findings = Findings()
      let variants = running + deployed
      var admitting: [RunningVariant] = []
      for variant in variants {
        if try await measure(variant, logs, &findings) { admitting.append(variant) }
      }
      if Task.isCancelled { findings.noteUnmeasured(variants.map(\.description.id), loads) }
      // Who is refused at the door learns nothing of what is behind it.
      let matrix = await BehaviourMatrix(admitting).run { progress(.behaviour($0)) }
      if let reason = matrix.incomplete { findings.incomplete.append(reason) }
      return findings.report(variants.map(\.description), matrix, prices, about: run)
    }
  }

  /// Measures a variant under each load. The first load of a variant meets cold processes in its warm-up.
  ///
  /// - Returns: whether it can be put to the cases; not a stage that is dead, or where no job was made.
  private func measure(_ variant: RunningVariant, _ logs: Logs, _ findings: inout Findings) async throws -> Bool {
    let id = variant.description.id
    let target = try HTTPTarget(url: variant.submitURL, signing: variant.signing, environment: environment) { _ in
      RunningVariant.emptyJob
    }
    let isDeployed = variant.batch == nil
    let answers = AnswerLog()
    for load in loads where !Task.isCancelled {
      let result = try await LoadGenerator(
        load, reports: isDeployed ? nil : logs[id], progress: { progress(.load(variant: id, load, $0)) },
        makeSender: { try target.sender(noting: answers) }
      ).run()
      findings.add(result, of: variant.description, architecture: architecture, use: variant.function)
      if isDeployed {
        guard result.isDead || !answers.hasJob else { continue }
        findings.refuse(id, variant.refusal(of: result, answers.first))
        return false
      }
      if !answers.hasJob, let warning = variant.warning(of: result, answers.first) { findings.warn(warning) }
    }
    return true
  }
}

/// The reports of each variant's function.
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
