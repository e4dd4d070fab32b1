internal import ArgumentParser
internal import Foundation
internal import LocalAPIGateway
internal import LocalBatch
internal import LocalServer
internal import Platform
internal import SAMTemplate
internal import Workstation

/// `apigw-batch serve`: runs a template's APIs and functions until it is interrupted.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run template.yaml on 127.0.0.1: API Gateway, Lambda and Batch, until Ctrl-C.",
    discussion: """
      Reads the same SAM template that is deployed, and serves its routes: 'aws_proxy' integrations run the function \
      as Lambda does, 'aws' integrations evaluate their mapping templates and call Batch, 'mock' integrations respond \
      by themselves. REST and HTTP APIs share the port, and paths don't include the stage. A request goes to the API \
      that has a route for it, or else to the one whose paths are nearest. Each API and each function URL also has a \
      host name of its own, such as http://restapi.execute-api.localhost:3000 and \
      http://submitjobfunction.lambda-url.localhost:3000.

      Standard error has a line for each request (method, path, integration, status, total time and the integration's \
      share of it), Lambda's lines and the functions' own output. For an 'aws' integration, the line has Batch's own \
      status as well, as in 'aws 200 (Batch 400)', because response mapping may hide it. Unsupported template features \
      are listed once, at startup. IAM, API keys, throttling and the permissions of the template's roles are not \
      enforced.

      WHERE JOBS GO
        As with 'apigw-batch invoke': to a Batch inside this command, to one at
        --batch-endpoint, or to your own account with --batch aws, for the
        functions and for the 'aws' integrations alike. Keys are looked up once,
        at startup. Commands that show the jobs are printed then, ready to paste;
        --batch-port keeps them valid from one start to the next. In the Batch
        inside, jobs run by the clock alone; no container does. A job goes from
        SUBMITTED to SUCCEEDED in a little more than --run-for, or to FAILED with
        --fail. Each request to it has a line on standard error, such as
        'Batch POST /v1/submitjob 200 jobId=...'.

      WHERE KEYS GO
        As with 'apigw-batch invoke': functions whose IDEMPOTENCY_TABLE is set keep
        idempotency keys in a DynamoDB table inside this command, or in the one at
        AWS_ENDPOINT_URL_DYNAMODB. template.yaml's parameter Idempotency is Optional
        here, unless --parameter-overrides says otherwise.

      WHO MAY CALL
        Programs on this machine, and pages that it serves: the ports listen on
        127.0.0.1 and ::1 alone, and a request is refused with 403 if its Host is
        not a loopback name, or if a page of another site sent it. Otherwise, any
        page in your browser could submit jobs. --allow-host and --allow-origin
        admit others, to the APIs and to the embedded Batch; whether the page may
        read the responses is up to the template's CORS settings. An idle
        connection is closed after 75 s, and a request whose body takes more than
        60 s. Beyond 512 connections or 256 requests at once (fewer if 'ulimit -Hn'
        is below 4096), the response is 503.

      WHAT A FUNCTION SEES
        Lambda's environment and the template's own variables. Its code is the
        bootstrap in CodeUri. APIGW_BATCH_FUNCTION names another executable for
        this package's bootstrap to run; AWS_CA_BUNDLE is passed on.

      EXAMPLES (in a clone; the curl commands in another terminal)
        Serve the clone's template on port 3000, and submit a job through each
        integration:
          swift run apigw-batch serve
          curl -d '{}' -H 'Content-Type: application/json' \\
            http://127.0.0.1:3000/jobs/sample-queue/sample-job
          curl -d '{}' -H 'Content-Type: application/json' \\
            http://127.0.0.1:3000/lambda/jobs/sample-queue/sample-job
          curl -d '{}' -H 'Content-Type: application/json' \\
            http://127.0.0.1:3000/direct/jobs/sample-queue/sample-job

        Submit a job once, however often you send it: run this twice, and see the
        same job id:
          curl -d '{}' -H 'Content-Type: application/json' \\
            -H 'Idempotency-Key: "my-first-key"' \\
            http://127.0.0.1:3000/jobs/sample-queue/sample-job

        Try the function's policy, which allows one queue; the response is a 403:
          swift run apigw-batch serve --parameter-overrides JobQueues=team-a
          curl -d '{}' -H 'Content-Type: application/json' \\
            http://127.0.0.1:3000/jobs/sample-queue/sample-job

        See the article's integration report a job that Batch refuses as a 200:
          swift run apigw-batch serve --template examples/direct-minimal.yaml
          curl -i -d '{}' -H 'Content-Type: application/json' \\
            http://127.0.0.1:3000/jobs/no-such-queue/sample-job

      EXIT STATUS
        0   Interrupted, which is the usual way to stop it.
        1   The port is in use, or another failure.
        64  The command line or the template is wrong.
      """)

  @Option(
    help: ArgumentHelp("The template to run; by default this package's template.yaml.", valueName: "file"),
    completion: .file())
  var template: String?

  @Option(help: ArgumentHelp("The port to listen on; 0 picks a free one.", valueName: "n"))
  var port = 3000

  @OptionGroup var overrides: ParameterOverrides

  @Option(help: ArgumentHelp("The embedded Batch's port; 0 picks a free one.", valueName: "n"))
  var batchPort = 0

  @OptionGroup(title: "Where jobs go")
  var batch: BatchOptions

  @OptionGroup(title: "How jobs run")
  var compute: ComputeOptions

  @OptionGroup(title: "Who may call")
  var callers: AdmissionOptions

  func run() async throws {
    let environment = Platform.Environment.process
    do {
      try ListeningPort.check(port)
      try batch.check(compute)
      try checkBatchPort()
      try callers.check()
      let parameters = try overrides.parameters
      let template = try chosenTemplate()
      let interruption = Interruption()
      let settings = StackSettings(
        parameters: parameters, defaults: LocalGateway.parameterDefaults, region: BatchAccount.demoRegion,
        accountID: Account.id,
        stackName: FunctionSettings.functionName)
      let deployment = try Deployment(templateAt: template, settings)
      try await batch.withBatch(
        environment, port: batchPort, template: deployment.batch, compute: try compute.compute,
        keyTables: deployment.keyTables, admission: callers.admission, log: { StandardError.write("\($0)") }
      ) { account in
        let gateway = try LocalGateway(
          templateAt: template, stackName: FunctionSettings.functionName, parameters: parameters,
          region: account.region, credentials: account.credentials,
          variables: FunctionSettings.files(environment).merging(account.variables) { $1 })
        for warning in gateway.warnings { StandardError.write("apigw-batch: \(warning)") }
        try await gateway.serve(
          port: port, admission: callers.admission, log: { StandardError.write("\($0)") }
        ) { running in
          StandardError.write(greeting(gateway, account, template: template, port: running.port))
          await interruption.wait()
        }
      }
    } catch let error as TemplateFileError {
      StandardError.write("apigw-batch: \(error)")
      throw ExitCode.validationFailure
    } catch let error as LocalServerError where batchPort != 0 && error.port == batchPort {
      throw BatchPortError(error)
    }
  }

  /// Rejects a port that the embedded Batch can't have.
  private func checkBatchPort() throws {
    guard batchPort != 0 else { return }
    try ListeningPort.check(batchPort, option: "--batch-port")
    if batch.batch != nil || batch.batchEndpoint != nil {
      throw UsageError("--batch-port is for the embedded Batch; use it without --batch and --batch-endpoint")
    }
    if batchPort == port {
      throw UsageError("--port and --batch-port are both \(port); use --batch-port 0 to pick a free one")
    }
  }

  /// The path of the named template, or else of the clone's.
  private func chosenTemplate() throws -> String {
    if let template { return template }
    do {
      return try PackageRoot.containing(FileManager.default.currentDirectoryPath).template
    } catch {
      throw UsageError("\(error), or name a template with --template")
    }
  }

  private func greeting(_ gateway: LocalGateway, _ account: BatchAccount, template: String, port: Int) -> String {
    let url = "http://127.0.0.1:\(port)"
    var lines = ["Gateway on \(url), serving \(template):"]
    for route in gateway.routes {
      let integration = [route.integration.description, route.target].compactMap { $0 }.joined(separator: " ")
      let words = [route.api.description, route.authorization?.rawValue, integration].compactMap { $0 }
      let name = route.api == .functionURL ? route.target?.lowercased() : nil
      let host = name.map { " on http://\($0).lambda-url.localhost:\(port)" } ?? ""
      lines.append("  \(route.key)\(host)  (\(words.joined(separator: ", ")))")
    }
    if !gateway.addresses.isEmpty { lines.append("Each API also has an address of its own:") }
    for address in gateway.addresses {
      lines.append("  http://\(address.host):\(port)  (\(address.kind) \(address.logicalID))")
    }
    lines.append(
      "Not enforced here: IAM, API keys, throttling and permissions: an aws integration can reach every queue.")
    lines.append("Batch on \(account.endpoint?.redactingUserInfo ?? "AWS, in \(account.region)").")
    if batch.isEmbedded { lines.append(compute.summary) }
    if let tables = account.variables["AWS_ENDPOINT_URL_DYNAMODB"], !gateway.keyTables.isEmpty {
      lines.append(
        "Idempotency keys in \(gateway.keyTables.joined(separator: ", ")), on \(tables.redactingUserInfo).")
    }
    if gateway.routes.isEmpty {
      lines.append("The template has no routes: add an API, or an event of type Api or HttpApi to a function.")
    }
    let posts = gateway.routes.filter { $0.key.hasPrefix("POST ") }
    lines.append(
      posts.isEmpty ? "Press Ctrl-C to stop." : "Press Ctrl-C to stop. To submit a job from another terminal:")
    for route in posts {
      let path = route.key.dropFirst("POST ".count)
        .replacing("{jobQueue}", with: EmbeddedBatch.sampleJobQueue)
        .replacing("{jobDefinition}", with: EmbeddedBatch.sampleJobDefinition)
      lines.append("  curl -H 'Content-Type: application/json' -d '{}' \(url)\(path)")
    }
    if !gateway.keyTables.isEmpty {
      lines.append("With -H 'Idempotency-Key: \"k1\"', a function makes one job, however often you send it.")
    }
    lines.append("To look at the jobs:")
    var queues = [EmbeddedBatch.sampleJobQueue]
    for queue in batch.names.jobQueues + gateway.batch.jobQueues where !queues.contains(queue) { queues.append(queue) }
    lines += JobCommands(account, jobQueues: queues).lines.map { "  \($0)" }
    return lines.joined(separator: "\n")
  }
}

/// The error of an embedded Batch that can't listen on `--batch-port`.
private struct BatchPortError: Error, CustomStringConvertible {
  /// One line that ends with the fix, in terms of that option.
  let description: String

  init(_ error: LocalServerError) {
    description = "\(error)".replacing("--port", with: "--batch-port")
  }
}
