internal import ArgumentParser
internal import Foundation
internal import JSONTree
internal import LocalLambda
internal import Platform
internal import Workstation

/// `apigw-batch invoke`: runs the real function with events on this machine.
struct Invoke: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the function with sample events, as Lambda would.",
    usage: "apigw-batch invoke [<file> ... | - | --all] [<options>]",
    discussion: """
      Starts the real function next to a Runtime API on 127.0.0.1, gives it each event byte for byte, and prints \
      the proxy response. One process serves all events; it is restarted after it died or was killed at the time \
      limit. In a clone, the function is the clone's ./bootstrap; elsewhere it is the one that 'make install' has \
      installed with this command, and events are named by their paths.

      Standard output carries the responses and nothing else: the bytes that the function posted, and a newline. \
      Standard error carries the function's own output and Lambda's START, END and REPORT lines, in which everything \
      is measured.

      WHERE JOBS GO
        By default, to a Batch inside this command, signed with demo keys: no AWS
        account, and none of your own keys.

        --batch-endpoint sends them to a Batch elsewhere, such as 'apigw-batch
        batch' or moto: signed with the same demo keys, for us-east-1, whatever
        keys are set.

        --batch aws submits real jobs with your own keys. They come from
        AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; else from 'aws configure
        export-credentials', which knows SSO and assumed roles (AWS CLI v2); else
        from the shared files. AWS_PROFILE chooses the profile. The region comes
        from AWS_REGION, AWS_DEFAULT_REGION or the profile. AWS_ENDPOINT_URL_BATCH
        is honoured, so your own keys work with your own endpoint.

      WHERE KEYS GO
        A job submitted with an Idempotency-Key is remembered in a DynamoDB table
        inside this command, as long as it runs. AWS_ENDPOINT_URL_DYNAMODB names
        another DynamoDB, such as that of 'apigw-batch table' or, with --batch aws,
        AWS's own. IDEMPOTENCY_TABLE names another table; set it to '' for a
        function without one.

      WHAT THE FUNCTION SEES
        Lambda's environment, and these variables if they are set:
        ALLOWED_OPERATIONS, ALLOWED_JOB_QUEUES, ALLOWED_JOB_DEFINITIONS,
        ALLOWED_MEMBERS, SUBMITTER_TAG, JOBS_SEEN_BY,
        CORS_ALLOW_ORIGIN, IDEMPOTENCY_TABLE, IDEMPOTENCY_KEY,
        IDEMPOTENCY_EXPIRES_AFTER, IDEMPOTENCY_SETTLES_AFTER, AWS_MAX_ATTEMPTS,
        AWS_CA_BUNDLE, AWS_LAMBDA_LOG_FORMAT, AWS_LAMBDA_LOG_LEVEL.
        APIGW_BATCH_FUNCTION names another executable to run in place of the built
        or installed one.

      EXAMPLES (in a clone, run 'swift run apigw-batch ...')
        Submit a job to the embedded Batch:
          apigw-batch invoke events/rest-submit.json

        Run every sample event through one process, and compare each response
        with the table in events/README.md:
          apigw-batch invoke --all

        Send one request twice with one Idempotency-Key; it makes one job:
          apigw-batch invoke events/rest-idempotency-key.json \\
            events/rest-idempotency-key.json

        Edit an event before it is sent:
          jq '.body = "{}"' events/rest-submit.json | apigw-batch invoke -

        Try a policy on an event of your own:
          ALLOWED_JOB_QUEUES='team-*' apigw-batch invoke --queue team-a mine.json

        Submit a real job:
          AWS_PROFILE=dev apigw-batch invoke --batch aws mine.json

      EXIT STATUS
        0   Every response is a 2xx; with --all, every event did what
            events/README.md says.
        1   A response is a problem: its statusCode is 300 or more; with --all,
            an event did not do what events/README.md says.
        2   A function error, a timeout, or a response that API Gateway would
            reject; not with --all, whose status is 0 or 1.
        64  The command line is wrong, or the function is not built or installed.
        74  Standard output is closed or full.
        130 Interrupted.
      """)

  @Argument(
    help: ArgumentHelp("Events: JSON files, or - for standard input.", valueName: "file"), completion: .file())
  var files: [String] = []

  @Flag(help: "Run every events/*.json of this clone, and end with a summary.")
  var all = false

  @OptionGroup(title: "Where jobs go")
  var batch: BatchOptions

  @OptionGroup(title: "The function")
  var function: FunctionOptions

  func run() async throws {
    let environment = Platform.Environment.process
    do {
      if all, !files.isEmpty {
        throw UsageError(
          "--all runs every sample event and takes no files", run: "\(CommandName.invocation) invoke --all")
      }
      let settings = try function.settings
      try batch.check()
      let (events, table, executable) = try inputs(environment)
      let (result, wasInterrupted) = await untilInterrupted {
        try await batch.withBatch(environment, keyTables: FunctionSettings.keyTables(environment)) { account in
          let configuration = settings.configuration(executable, account: account, environment)
          return try await withLocalFunction(configuration, log: { StandardError.write("\($0)") }) { function in
            try await Self.invoke(function, events, table)
          }
        }
      }
      if wasInterrupted { throw ExitCode(130) }
      let status = try result.get()
      if status != .success { throw ExitCode(status.exitStatus) }
    } catch let error as StandardOutputError {
      StandardError.write("apigw-batch: \(error)")
      throw ExitCode(EX_IOERR)
    } catch LocalFunctionError.notBuilt {
      // The bootstrap itself has printed the command to run.
      throw ExitCode.validationFailure
    } catch let error as LocalFunctionError {
      StandardError.write("apigw-batch: \(error)")
      throw ExitCode(InvokeStatus.functionError.exitStatus)
    }
  }

  /// The events, the table to compare them with if all were asked for, and the function.
  private func inputs(
    _ environment: Platform.Environment
  ) throws -> ([EventFile], EventTable?, InvokedFunction) {
    let directory = FileManager.default.currentDirectoryPath
    if all {
      let root = try PackageRoot.containing(directory)
      return (
        try EventFile.samples(of: root), try EventTable(of: root), try InvokedFunction(root: root, environment)
      )
    }
    // Events with a path need no clone.
    let root = try? PackageRoot.containing(directory)
    return (try EventFile.read(files, root: root), nil, try InvokedFunction(root: root, environment))
  }

  /// Invokes the function with one event after the other. Returns the worst status; with a table, whether all is as it says.
  private static func invoke(
    _ function: LocalFunction, _ events: [EventFile], _ table: EventTable?
  ) async throws -> InvokeStatus {
    var worst = InvokeStatus.success
    var summary = EventSummary()
    for event in events {
      if events.count > 1 { StandardError.write("==> \(event.name) <==") }
      let invocation = try await function.invoke(event: event.bytes)
      switch invocation.outcome {
      case .response(let payload): try StandardOutput.write(payload)
      case .functionError(let error): StandardError.write("\(error)")
      }
      let status = InvokeStatus(invocation.outcome)
      if status == .noProxyResponse {
        StandardError.write("apigw-batch: the response is not a proxy response: API Gateway would return 502")
      }
      worst = max(worst, status)
      if let table { summary.add(event.name, EventTable.Outcome(invocation.outcome), expected: table[event.name]) }
    }
    guard table != nil else { return worst }
    for line in summary.lines { StandardError.write("apigw-batch: \(line)") }
    return summary.isAsExpected ? .success : .problem
  }
}
