internal import ArgumentParser
internal import Foundation
internal import LocalAWS
internal import Platform

/// `apigw-batch invoke`: events through the real function, on this machine.
struct Invoke: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the function with sample events, as Lambda would.",
    usage: """
      apigw-batch invoke [FILE ... | - | --all] [options]
      """,
    discussion: """
      Starts the real ./bootstrap with a Runtime API on loopback, gives it each event as API Gateway \
      would send it, and prints the proxy response. One process serves all events; it is started anew after it \
      has died or was killed at the time limit.

      Standard output carries the proxy responses and nothing else: the bytes the function posted, one line each. \
      Standard error carries the function's own output and Lambda's START, END and REPORT lines, all measured.

      WHERE JOBS GO
        By default to a Batch inside this command: no AWS account, and never your keys.
        --batch-endpoint URL sends them to a Batch elsewhere ('apigw-batch batch', moto), signed with the demo \
      keys too, for AWS_REGION or else us-east-1.
        --batch aws submits real jobs. Keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; else from \
      'aws configure export-credentials' (AWS CLI v2: SSO and assumed roles as well); else from the shared files, \
      with AWS_PROFILE. The region comes from AWS_REGION, AWS_DEFAULT_REGION or the profile. AWS_ENDPOINT_URL_BATCH \
      is honoured: this is how to use your own keys with another endpoint.

      THE FUNCTION'S SETTINGS
        The function gets the environment that Lambda gives it and, where they are set, ALLOWED_JOB_QUEUES, \
      ALLOWED_JOB_DEFINITIONS, ALLOWED_MEMBERS, CORS_ALLOW_ORIGIN, AWS_MAX_ATTEMPTS, AWS_CA_BUNDLE, \
      AWS_LAMBDA_LOG_FORMAT and AWS_LAMBDA_LOG_LEVEL. APIGW_BATCH_FUNCTION names another executable to run.

      EXAMPLES
        apigw-batch invoke events/rest-submit.json
        apigw-batch invoke --all
        jq '.body = "{}"' events/rest-submit.json | apigw-batch invoke -
        ALLOWED_JOB_QUEUES='team-*' apigw-batch invoke --queue team-a my-event.json
        apigw-batch invoke --batch-endpoint http://127.0.0.1:5000 events/http-submit.json
        AWS_PROFILE=dev apigw-batch invoke --batch aws my-event.json

      EXIT STATUS
        0  every answer is a 2xx
        1  an answer is a problem: its statusCode is 300 or more
        2  a function error, a timeout, or no answer that API Gateway would take
        64 wrong usage: nothing was invoked
      """)

  @Argument(
    help: ArgumentHelp("Events: JSON files, or - for standard input.", valueName: "FILE"), completion: .file())
  var files: [String] = []

  @Flag(help: "Run every events/*.json of the package.")
  var all = false

  @OptionGroup(title: "Where jobs go")
  var batch: BatchOptions

  @OptionGroup(title: "The function")
  var function: FunctionOptions

  func run() async throws {
    let environment = Platform.Environment.process
    do {
      let root = try PackageRoot.containing(FileManager.default.currentDirectoryPath)
      let events = try EventFile.read(all ? nil : files, root: root)
      let settings = try function.settings
      try batch.check()
      let status = try await cancellingOnSignals {
        try await batch.withBatch(environment) { account in
          let configuration = settings.configuration(root: root, account: account, environment)
          return try await withLocalFunction(configuration, log: StandardError.write) { function in
            try await Self.invoke(function, events)
          }
        }
      }
      if status != .success { throw ExitCode(status.exitStatus) }
    } catch let error as UsageError {
      StandardError.write("apigw-batch: \(error)")
      throw ExitCode.validationFailure
    } catch LocalFunctionError.notBuilt {
      // The bootstrap itself has said what to type.
      throw ExitCode.validationFailure
    } catch let error as LocalFunctionError {
      StandardError.write("apigw-batch: \(error)")
      throw ExitCode(InvokeStatus.functionError.exitStatus)
    }
  }

  /// Invokes the function with one event after the other, and says how bad the worst answer was.
  private static func invoke(_ function: LocalFunction, _ events: [EventFile]) async throws -> InvokeStatus {
    var worst = InvokeStatus.success
    for event in events {
      if events.count > 1 { StandardError.write("==> \(event.name) <==") }
      let invocation = try await function.invoke(event: event.bytes)
      switch invocation.outcome {
      case .response(let payload): FileHandle.standardOutput.write(Data(payload + [UInt8(ascii: "\n")]))
      case .functionError(let error): StandardError.write("\(error)")
      }
      let status = InvokeStatus(invocation.outcome)
      if status == .noProxyResponse {
        StandardError.write("apigw-batch: the answer is not a proxy response: API Gateway would answer 502")
      }
      worst = max(worst, status)
    }
    return worst
  }
}
