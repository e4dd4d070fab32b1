internal import ArgumentParser
internal import Batch
internal import Foundation
internal import Platform
internal import Synchronization

/// `apigw-batch doctor`: what usually goes wrong before and after a deployment.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check what usually goes wrong before and after a deployment.",
    discussion: """
      It looks at this machine (Swift, libcurl, libcrypto, what packaging and deploying need), at your region and \
      keys, at the job queues and the job definitions in Batch, at whether the template's IAM policies and the \
      function's own variables let them through, with a revision and without, and at whether the package is for the \
      architecture that the template has. It changes nothing: of Batch it asks DescribeJobQueues and DescribeJobDefinitions, of \
      CloudFormation, with --stack, DescribeStacks.

      Standard output has a line for each check: 'ok', 'fail', 'warn' (worth a look), or 'skip' (it couldn't be \
      checked). Each of the last three ends with what to type.

      WHAT IS CHECKED
        The queues and the definitions that --queue and --definition name, or else
        those that the template's JobQueues and JobDefinitions name without a
        wildcard: their values are those of --parameter-overrides, then those of
        the stack, then the template's defaults.

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
    help: ArgumentHelp("A job queue that jobs are for. Repeat it for more.", valueName: "name"))
  var queues: [String] = []

  @Option(
    name: .customLong("definition"),
    help: ArgumentHelp("A job definition that jobs are made of. Repeat it for more.", valueName: "name[:rev]"))
  var definitions: [String] = []

  @Option(
    help: ArgumentHelp("The template to look at; template.yaml of this package unless given.", valueName: "file"),
    completion: .file())
  var template: String?

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
    let request: Examination.Request
    let root: PackageRoot
    do throws(UsageError) {
      request = try self.request
      root = try .containing(FileManager.default.currentDirectoryPath)
    } catch {
      StandardError.write("apigw-batch: \(error)")
      throw ExitCode.validationFailure
    }
    let failures = Mutex(0)
    let examination = Examination(request: request, root: root, environment: .process) { finding in
      if finding.verdict == .fail { failures.withLock { $0 += 1 } }
      // A closed standard output is no reason to say that all is well, nor to stop.
      try? StandardOutput.write(Array(finding.description.utf8))
    }
    await examination.run()
    if failures.withLock({ $0 > 0 }) { throw ExitCode.failure }
  }

  /// The options, checked.
  private var request: Examination.Request {
    get throws(UsageError) {
      var request = Examination.Request()
      for name in queues {
        guard let queue = JobQueueName(name) else {
          throw UsageError("--queue \(name): a job queue's name has letters, digits, - and _; type: --queue reports")
        }
        request.queues.append(queue)
      }
      for name in definitions {
        guard let definition = JobDefinitionName(name) else {
          throw UsageError(
            "--definition \(name): a job definition is written as its name, or name:revision; "
              + "type: --definition resize:7")
        }
        request.definitions.append(definition)
      }
      if stack != nil, batchEndpoint != nil {
        throw UsageError("--stack is in your own account, where --batch-endpoint is not; type: --stack alone")
      }
      if let batchEndpoint { try BatchOptions.check(endpoint: batchEndpoint) }
      request.template = template
      request.zip = zip
      request.parameters = try overrides.parameters
      request.stack = stack
      request.batchEndpoint = batchEndpoint
      return request
    }
  }
}
