internal import ArgumentParser
internal import Comparison
internal import Foundation
internal import LocalAWS
internal import Platform

/// `apigw-batch compare`: the integrations side by side, tried and measured.
struct Compare: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare Lambda and direct integrations: behaviour, latency and cost.",
    usage: "apigw-batch compare [<template> ...] [<options>]",
    discussion: """
      Tries four ways from a POST to a job, each with a gateway, function processes and a Batch of its own on this \
      machine: the function behind a REST API and behind an HTTP API, API Gateway's own integration with Batch as in \
      template.yaml, and the same as a tutorial has it (examples/direct-minimal.yaml). Templates that you name are \
      compared with them: every route for POST with {jobQueue} and {jobDefinition} in its path.

      Each cell of the behaviour matrix is one request, or two where the client repeats it, and what Batch got for it. \
      Latency is measured in a closed loop (each caller waits for its answer) and with --rate in an open one as well, \
      where a time counts from when the request was due. Cost comes from docs/prices.json, or from a file of yours.

      A local run has no network, no IAM and none of API Gateway's own time; the report says what it simulates. Use a \
      release build for latencies: 'make compare' does.

      DEPLOYED STAGES
        --lambda-url and --direct-url measure stages in AWS instead. Each ends in
        a queue and a definition of yours, as in
        https://abc123.execute-api.eu-west-1.amazonaws.com/v1/direct/jobs/q/d.
        With --sign, requests are signed with your own keys (found as by
        'apigw-batch invoke --batch aws'). Every request is a real one: some thirty
        jobs for the matrix, and one for each of --requests and --warm-up.

      EXAMPLES (in a checkout, type 'swift run -c release apigw-batch ...')
        Compare the four:
          apigw-batch compare

        As many as Batch takes in a second, with Batch as slow as in AWS:
          apigw-batch compare --rate 50 --requests 500 --batch-delay 60

        One of your own beside them, as a page to send around:
          apigw-batch compare my-template.yaml --html report.html

      EXIT STATUS
        0   The run is complete, whatever it found.
        1   It is not: something could not be measured; the report says what.
        64  The command line, a template or the price file is wrong.
        130 Interrupted; the report has what was measured until then.
      """)

  @Argument(help: ArgumentHelp("Templates to compare besides.", valueName: "template"), completion: .file())
  var templates: [String] = []

  @OptionGroup(title: "Load")
  var load: LoadOptions

  @OptionGroup(title: "Deployed stages, instead of local ones")
  var deployed: DeployedOptions

  @Option(help: ArgumentHelp("Prices to use instead of docs/prices.json.", valueName: "file"), completion: .file())
  var prices: String?

  @OptionGroup(title: "Reports, besides the one on standard output")
  var reports: ReportOptions

  func run() async throws {
    let environment = Platform.Environment.process
    do {
      let loads = try load.loads
      try reports.check()
      let root = try PackageRoot.containing(FileManager.default.currentDirectoryPath)
      let prices = try PriceList(contentsOf: prices ?? root.prices)
      let deployed = try await deployed.variants(environment)
      guard deployed.isEmpty || templates.isEmpty else {
        throw UsageError("templates run here, and stages in AWS: compare one kind; type: apigw-batch compare --help")
      }
      let local =
        try deployed.isEmpty
        ? TemplateVariant.package(at: root.path) + templates.flatMap { try TemplateVariant.all(in: $0) } : []
      let progress = ComparisonProgress()
      let comparison = ComparisonRun(
        loads: loads, batchDelay: .milliseconds(load.batchDelay), prices: prices,
        architecture: PriceList.Architecture(rawValue: ComparisonReport.Run.architecture) ?? .x86_64,
        environment: environment, variables: FunctionSettings.files(environment), progress: progress.show)
      var about = ComparisonReport.Run.here(
        arguments: Array(CommandLine.arguments.dropFirst()), batchDelay: load.batchDelay, prices: prices)
      if deployed.isEmpty, environment["APIGW_BATCH_FUNCTION"] == nil, !root.hasReleaseBuild {
        about.warnings.append("The function is a debug build: its times say little. Type: make compare")
      }
      if !deployed.isEmpty {
        let requests = loads.reduce(0) { $0 + $1.requests + $1.warmUp }
        StandardError.write(
          "Each stage gets real requests now: \(requests) for the load, and one or two for each case of the matrix.")
      }
      let (report, wasInterrupted) = try await untilInterrupted { [about] in
        try await comparison.report(local: local, deployed: deployed, about: about)
      }
      try StandardOutput.write(Array(report.terminalText().utf8))
      try reports.write(report)
      if wasInterrupted { throw ExitCode(130) }
      if report.run.incomplete != nil { throw ExitCode.failure }
    } catch let error as UsageError {
      StandardError.write("apigw-batch: \(error)")
      throw ExitCode.validationFailure
    } catch let error as TemplateFileError {
      StandardError.write("apigw-batch: \(error)")
      throw ExitCode.validationFailure
    } catch let error as PriceListError {
      StandardError.write("apigw-batch: \(error)")
      throw ExitCode.validationFailure
    } catch let error as StandardOutputError {
      StandardError.write("apigw-batch: \(error)")
      throw ExitCode(EX_IOERR)
    }
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
