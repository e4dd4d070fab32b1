internal import ArgumentParser
internal import Comparison
internal import Foundation
internal import LocalAWS
internal import Platform

/// `apigw-batch compare`: the integrations side by side, tried and measured.
struct Compare: AsyncParsableCommand {
  @Argument(help: ArgumentHelp("Templates to compare besides.", valueName: "template"), completion: .file())
  var templates: [String] = []

  @OptionGroup(title: "Load")
  var load: LoadOptions

  @OptionGroup(title: "Deployed stages, instead of local ones")
  var deployed: DeployedOptions

  @OptionGroup(title: "Cost")
  var cost: CostOptions

  @OptionGroup(title: "Reports, besides the one on standard output")
  var reports: ReportOptions

  func run() async throws {
    do {
      let (report, wasInterrupted) = try await report(Platform.Environment.process)
      let isWritten = reports.write(report)
      if let reason = report.run.incomplete { StandardError.write("apigw-batch: incomplete: \(reason)") }
      if !isWritten { throw ExitCode(EX_IOERR) }
      if wasInterrupted { throw ExitCode(130) }
      if report.run.incomplete != nil { throw ExitCode.failure }
    } catch  where Self.isMistake(error) {
      StandardError.write("apigw-batch: \(error)")
      throw ExitCode.validationFailure
    }
  }

  /// Compares what the options choose, as far as it comes before an interruption.
  private func report(
    _ environment: Platform.Environment
  ) async throws -> (ComparisonReport, wasInterrupted: Bool) {
    let loads = try load.loads
    try deployed.check(templates: templates)
    try reports.check()
    let directory = FileManager.default.currentDirectoryPath
    let root = try PackageRoot.containing(directory)
    let prices = try PriceList(contentsOf: cost.prices ?? root.prices)
    let command = ComparisonCommand(
      arguments: Array(CommandLine.arguments.drop { $0 != Self._commandName }.dropFirst()), root: root,
      directory: directory, function: deployed.isChosen ? nil : environment["APIGW_BATCH_FUNCTION"])
    var about = ComparisonReport.Run.here(command: "\(command)", batchDelay: load.batchDelay, prices: prices)
    var (local, stages): ([TemplateVariant], [RunningVariant]) = ([], [])
    var architecture = ComparisonReport.Run.architecture
    if deployed.isChosen {
      let use = try cost.use(of: deployed.lambdaUrl)
      let (variants, warnings) = try await deployed.variants(function: use, environment)
      stages = variants
      about.warnings += warnings
      let requests = loads.reduce(0) { $0 + $1.requests + $1.warmUp }
      StandardError.write(
        "Each stage gets real requests now: \(requests) for the load, and one or two for each case of the matrix.")
    } else {
      architecture = try cost.localArchitecture()
      let function = try FunctionExecutable(in: root, environment)
      local = try TemplateVariant.package(at: root.path) + templates.flatMap(TemplateVariant.named)
      for warning in [function.warning].compactMap({ $0 }) + local.flatMap(\.warnings)
      where !about.warnings.contains(warning) {
        about.warnings.append(warning)
      }
      about.notes += [function.note, CostOptions.note(pricedFor: architecture)].compactMap { $0 }
    }
    for warning in about.warnings { StandardError.write("apigw-batch: \(warning)") }
    let progress = ComparisonProgress()
    let comparison = ComparisonRun(
      loads: loads, batchDelay: .milliseconds(load.batchDelay), prices: prices, architecture: architecture,
      environment: environment, variables: FunctionSettings.files(environment), progress: progress.show)
    return try await untilInterrupted { [about, local, stages] in
      try await comparison.report(local: local, deployed: stages, about: about)
    }
  }

  /// Whether an error is the user's to mend before anything is compared.
  private static func isMistake(_ error: any Error) -> Bool {
    error is UsageError || error is DeployedURLError || error is TemplateFileError || error is PriceListError
      || error is EnvironmentError
  }

  /// Runs `body`, which gives what it has when it's cancelled, and cancels it at an interruption.
  private func untilInterrupted<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> (Value, wasInterrupted: Bool) {
    let interruption = Interruption()
    let work = Task { try await body() }
    let watch = Task {
      await interruption.wait()
      if !Task.isCancelled { work.cancel() }
    }
    defer { watch.cancel() }
    return (try await work.value, work.isCancelled)
  }
}

extension TemplateVariant {
  /// The variants of a template that the user names, which has one at the least.
  fileprivate static func named(_ template: String) throws -> [TemplateVariant] {
    let variants = try all(in: template)
    if variants.isEmpty {
      throw UsageError(
        "\(template) has no route to compare: it takes a path with {jobQueue} and {jobDefinition}, no other parameter, "
          + "the method POST, and an integration of type aws_proxy or aws; write one such as "
          + "POST /jobs/{jobQueue}/{jobDefinition}")
    }
    return variants
  }
}
