internal import ArgumentParser
internal import Batch
internal import Doctor
internal import Foundation
internal import Platform
internal import Synchronization
internal import Workstation

/// `apigw-batch doctor`: what usually goes wrong before and after a deployment.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check what usually goes wrong before and after a deployment.",
    discussion: """
      It looks at this machine (Swift, libcurl, libcrypto, what packaging and deploying need), at your region and \
      keys, at the job queues and the job definitions in Batch, at whether the template's IAM policies and the \
      function's own variables let them through, with a revision and without, and at whether the package is whole and \
      for the architecture that is deployed. It changes nothing: of Batch it asks DescribeJobQueues and \
      DescribeJobDefinitions, of CloudFormation, with --stack, DescribeStacks.

      Standard output has a line for each check: 'ok', 'fail', 'warn' (worth a look), or 'skip' (it couldn't be \
      checked). Each of the last three ends with what to type.

      WHAT IS CHECKED
        The queues and the definitions that --queue and --definition name, or else
        those that the template's JobQueues and JobDefinitions name without a
        wildcard: their values are those of --parameter-overrides, then those of
        the stack, then the template's defaults. A stack that can't be read leaves
        the policies unchecked.

      WHERE BATCH IS
        In your own account, as with 'apigw-batch invoke --batch aws': keys from
        the environment, the AWS CLI or the shared files, and
        AWS_ENDPOINT_URL_BATCH where it is set. Or at --batch-endpoint, with the
        demo keys.

      EXAMPLES (in a checkout, type 'swift run apigw-batch ...')
        Before a deployment:
          apigw-batch doctor --queue reports --definition resize

        With the names that are to be deployed:
          apigw-batch doctor \\
            --parameter-overrides JobQueues=reports JobDefinitions=resize:7

        After it:
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
    help: ArgumentHelp("A job queue that jobs are for. Repeat it for more.", valueName: "name"),
    transform: { name in
      guard let queue = JobQueueName(name) else {
        throw UsageError("a job queue's name has letters, digits, - and _, such as reports")
      }
      return queue
    })
  var queues: [JobQueueName] = []

  @Option(
    name: .customLong("definition"),
    help: ArgumentHelp("A job definition that jobs are made of. Repeat it for more.", valueName: "name[:rev]"),
    transform: { name in
      guard let definition = JobDefinitionName(name) else {
        throw UsageError("a job definition is written as its name, or name:revision, such as resize:7")
      }
      return definition
    })
  var definitions: [JobDefinitionName] = []

  @OptionGroup var overrides: ParameterOverrides

  @Option(help: ArgumentHelp("A deployed stack, whose parameters count.", valueName: "name"))
  var stack: String?

  @Option(
    help: ArgumentHelp("The package; dist/apigw-batch-ARCH.zip unless given.", valueName: "file"),
    completion: .file())
  var zip: String?

  @Option(help: ArgumentHelp("Ask the Batch at this URL, with the demo keys.", valueName: "url"))
  var batchEndpoint: String?

  func run() async throws {
    let failures = Mutex(0)
    let examination: Examination
    do throws(UsageError) {
      if stack != nil, batchEndpoint != nil {
        throw UsageError("--stack is in your own account, so --batch-endpoint can't be used with it; use --stack alone")
      }
      if let batchEndpoint { try BatchOptions.check(endpoint: batchEndpoint) }
      let words = ["swift", "run", "apigw-batch"] + CommandLine.arguments.dropFirst().map(\.shellQuoted)
      var chosen = Examination(
        parameters: try overrides.parameters, root: try .containing(FileManager.default.currentDirectoryPath),
        environment: .process, again: words.joined(separator: " ")
      ) { finding in
        if finding.verdict == .fail { failures.withLock { $0 += 1 } }
        // A closed standard output is no reason to say that all is well, nor to stop.
        try? StandardOutput.write(Array(finding.description.utf8))
      }
      (chosen.queues, chosen.definitions, chosen.stack) = (queues, definitions, stack)
      (chosen.zip, chosen.batchEndpoint) = (zip, batchEndpoint)
      examination = chosen
    } catch {
      StandardError.write("apigw-batch: \(error)")
      throw ExitCode.validationFailure
    }
    await examination.run()
    if failures.withLock({ $0 > 0 }) { throw ExitCode.failure }
  }
}
