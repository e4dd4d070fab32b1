internal import ArgumentParser
internal import Comparison
internal import Foundation
internal import Platform
internal import SAMTemplate
internal import Workstation

/// `apigw-batch compare`: tries and measures the integrations side by side.
struct Compare: AsyncParsableCommand {
  @Argument(help: ArgumentHelp("Further templates to compare.", valueName: "template"), completion: .file())
  var templates: [String] = []

  @OptionGroup(title: "Load")
  var load: LoadOptions

  @OptionGroup(title: "Deployed stages, instead of local ones")
  var deployed: DeployedOptions

  @OptionGroup(title: "Cost")
  var cost: CostOptions

  @OptionGroup(title: "Reports, in addition to standard output")
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

  /// The variants to compare, and the facts about the run that are known before anything is sent.
  private struct Plan {
    var local: [TemplateVariant] = []
    var stages: [RunningVariant] = []
    /// The processor architecture that functions are priced for.
    var architecture = Architecture.current
    var about: ComparisonReport.Run
  }

  /// Compares what the options choose, until it is done or interrupted.
  private func report(
    _ environment: Platform.Environment
  ) async throws -> (ComparisonReport, wasInterrupted: Bool) {
    let loads = try load.loads
    try deployed.check(templates: templates, load)
    let directory = FileManager.default.currentDirectoryPath
    let root = try PackageRoot.containing(directory)
    let function = environment["APIGW_BATCH_FUNCTION"]
    try reports.check(inputs: root.comparisonInputs + templates + [cost.prices, function].compactMap { $0 })
    let prices = try PriceList(contentsOf: cost.prices ?? root.prices)
    let command = ComparisonCommand(
      arguments: Array(CommandLine.arguments.drop { $0 != Self._commandName }.dropFirst()), root: root,
      directory: directory, function: deployed.isChosen ? nil : function)
    let about = ComparisonReport.Run.here(command: "\(command)", batchDelay: load.batchDelay, prices: prices)
    let plan =
      deployed.isChosen
      ? try await deployedPlan(about, loads, environment) : try localPlan(about, root, environment)
    for warning in plan.about.warnings { StandardError.write("apigw-batch: \(warning)") }
    let progress = ComparisonProgress()
    let comparison = ComparisonRun(
      loads: loads, batchDelay: .milliseconds(load.batchDelay), prices: prices, architecture: plan.architecture,
      environment: environment, variables: FunctionSettings.files(environment), progress: progress.show)
    let (result, wasInterrupted) = await untilInterrupted { [plan] in
      try await comparison.report(local: plan.local, deployed: plan.stages, about: plan.about)
    }
    return (try result.get(), wasInterrupted)
  }

  /// A plan with the package's variants, and those of the named templates.
  private func localPlan(
    _ about: ComparisonReport.Run, _ root: PackageRoot, _ environment: Platform.Environment
  ) throws -> Plan {
    var plan = Plan(architecture: try cost.localArchitecture(), about: about)
    let function = try FunctionExecutable(in: root, environment)
    plan.local = try TemplateVariant.package(at: root.path) + templates.flatMap(TemplateVariant.named)
    for warning in [function.warning].compactMap({ $0 }) + plan.local.flatMap(\.warnings)
    where !plan.about.warnings.contains(warning) {
      plan.about.warnings.append(warning)
    }
    plan.about.notes += [function.note, CostOptions.note(pricedFor: plan.architecture)].compactMap { $0 }
    return plan
  }

  /// A plan with the deployed stages.
  private func deployedPlan(
    _ about: ComparisonReport.Run, _ loads: [Load], _ environment: Platform.Environment
  ) async throws -> Plan {
    let use = try cost.use(of: deployed.lambdaUrl)
    let (stages, warnings) = try await deployed.variants(function: use, environment)
    var plan = Plan(stages: stages, about: about)
    plan.about.warnings += warnings
    let requests = loads.reduce(0) { $0 + $1.requests + $1.warmUp }
    StandardError.write(
      "Sending real requests to each stage: \(requests) for the load, and one or two for each case of the matrix.")
    return plan
  }

  /// Whether an error is one that the user must fix before anything is compared.
  private static func isMistake(_ error: any Error) -> Bool {
    error is UsageError || error is DeployedURLError || error is TemplateFileError || error is PriceListError
      || error is EnvironmentError
  }
}

extension TemplateVariant {
  /// The variants of a template that the user names; there must be at least one.
  fileprivate static func named(_ template: String) throws -> [TemplateVariant] {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: template, isDirectory: &isDirectory), !isDirectory.boolValue else {
      throw UsageError(
        "\(template): \(isDirectory.boolValue ? "is a directory" : "does not exist"); choose the path of a template")
    }
    let variants = try all(in: template)
    if variants.isEmpty {
      throw UsageError(
        "\(template) has no route to compare: it needs a path with {jobQueue} and {jobDefinition} and no other parameter, "
          + "the method POST, and an integration of type aws_proxy or aws; add one such as "
          + "POST /jobs/{jobQueue}/{jobDefinition}")
    }
    return variants
  }
}
