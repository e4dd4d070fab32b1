internal import ArgumentParser
internal import Batch
internal import Doctor
internal import Foundation
internal import Platform
internal import Synchronization
internal import Workstation

/// `apigw-batch doctor`: checks what usually goes wrong before and after a deployment.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check what usually goes wrong before and after a deployment.",
    discussion: """
      Checks this machine (Swift, libcurl, libcrypto, and what packaging and deploying need), your region and keys, the \
      job queues and the job definitions in Batch, whether the template's IAM policies and the function's own variables \
      allow them, with a revision and without, the table with the Idempotency-Keys, whether the package is complete and \
      built for the architecture that is deployed, and whether a security release is out for what is linked into it. \
      Nothing is changed: the only calls to AWS are Batch's DescribeJobQueues and DescribeJobDefinitions, with --stack \
      CloudFormation's DescribeStacks, and, for a table, DynamoDB's DescribeTable and DescribeTimeToLive.

      Standard output has a line for each finding: 'ok', 'fail', 'warn' (worth a look) or 'skip' (not checked). Each of \
      the last three ends with a command to run.

      WHAT IS CHECKED
        The queues and the definitions that --queue and --definition name, or else
        those without a wildcard in the template's JobQueues and JobDefinitions.
        Parameters have the values of --parameter-overrides, or else those of the
        stack, or else the template's defaults. If the stack can't be read, the
        policies are not checked. The table is the one that IdempotencyTable names,
        or else the one that the stack has created.

      WHAT IS SENT TO OTHERS
        The name, version and release of each component from Debian or Ubuntu in
        the package's bill of materials (OpenSSL, curl, glibc, GCC's runtime,
        ca-certificates) go to https://api.osv.dev, which says what is fixed since;
        nothing about you or your account does. --no-security-releases sends
        nothing there. APIGW_BATCH_OSV_URL names another server of the same API.

      WHERE BATCH IS
        In your own account, as with 'apigw-batch invoke --batch aws': with keys
        from the environment, the AWS CLI or the shared files, and at
        AWS_ENDPOINT_URL_BATCH if that is set. With --batch-endpoint, at that URL
        and with the demo keys.

      EXAMPLES (in a clone, run 'swift run apigw-batch ...')
        Before a deployment:
          apigw-batch doctor --queue reports --definition resize

        With the names to deploy:
          apigw-batch doctor \\
            --parameter-overrides JobQueues=reports JobDefinitions=resize:7

        After a deployment:
          apigw-batch doctor --stack apigw-batch

        Against the Batch of 'apigw-batch batch --port 8000':
          apigw-batch doctor --batch-endpoint http://127.0.0.1:8000 \\
            --queue sample-queue --definition sample-job:3

      EXIT STATUS
        0   Nothing failed.
        1   A check failed.
        64  The command line is wrong.
      """)

  @Option(
    name: .customLong("queue"),
    help: ArgumentHelp("A job queue to check. Repeat it for more.", valueName: "name"),
    transform: { name in
      guard let queue = JobQueueName(name) else {
        throw UsageError("a job queue's name has letters, digits, - and _, such as reports")
      }
      return queue
    })
  var queues: [JobQueueName] = []

  @Option(
    name: .customLong("definition"),
    help: ArgumentHelp("A job definition to check. Repeat it for more.", valueName: "name[:rev]"),
    transform: { name in
      guard let definition = JobDefinitionName(name) else {
        throw UsageError("a job definition is written as its name, or name:revision, such as resize:7")
      }
      return definition
    })
  var definitions: [JobDefinitionName] = []

  @OptionGroup var overrides: ParameterOverrides

  @Option(help: ArgumentHelp("A deployed stack, whose parameters are used.", valueName: "name"))
  var stack: String?

  @Option(
    help: ArgumentHelp("The package; by default dist/apigw-batch-ARCH.zip.", valueName: "file"),
    completion: .file())
  var zip: String?

  @Option(help: ArgumentHelp("Check the Batch at this URL, with the demo keys.", valueName: "url"))
  var batchEndpoint: String?

  @Flag(name: .customLong("no-security-releases"), help: "Don't ask api.osv.dev whether security releases are out.")
  var skipsSecurityReleases = false

  func run() async throws {
    if stack != nil, batchEndpoint != nil {
      throw UsageError("--stack is in your own account, so --batch-endpoint can't be used with it; use --stack alone")
    }
    if let batchEndpoint { try BatchOptions.check(endpoint: batchEndpoint) }
    let again = [CommandName.invocation] + CommandLine.arguments.dropFirst().map(\.shellQuoted)
    let failures = Mutex(0)
    var examination = Examination(
      parameters: try overrides.parameters, root: try .containing(FileManager.default.currentDirectoryPath),
      environment: .process, again: again.joined(separator: " ")
    ) { finding in
      if finding.verdict == .fail { failures.withLock { $0 += 1 } }
      // If standard output is closed, the checks continue, and still decide the exit status.
      try? StandardOutput.write(Array(finding.description.utf8))
    }
    (examination.queues, examination.definitions, examination.stack) = (queues, definitions, stack)
    (examination.zip, examination.batchEndpoint) = (zip, batchEndpoint)
    examination.asksForSecurityReleases = !skipsSecurityReleases
    await examination.run()
    if failures.withLock({ $0 > 0 }) { throw ExitCode.failure }
  }
}
