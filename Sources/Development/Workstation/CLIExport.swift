internal import Foundation
package import SigV4

/// What `aws configure export-credentials` prints, in the form of
/// [process credentials](https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html).
package struct CLIExport {
  /// The keys, when there are any.
  package var credentials: AWSCredentials?
  /// Why there are none, in the CLI's words; nil where there is no CLI, or one without this command.
  package var reason: String?

  private struct Output: Decodable {
    let accessKeyID: String
    let secretAccessKey: String
    let sessionToken: String?

    enum CodingKeys: String, CodingKey {
      case accessKeyID = "AccessKeyId"
      case secretAccessKey = "SecretAccessKey"
      case sessionToken = "SessionToken"
    }
  }

  /// Asks the AWS CLI; version 1 lacks the command and says so by status 2 or 252.
  package static func run() async -> CLIExport {
    guard let run = await ProgramRun.ofAWS(["configure", "export-credentials", "--format", "process"]) else {
      return CLIExport()
    }
    switch run.status {
    case 0:
      guard let output = try? JSONDecoder().decode(Output.self, from: Data(run.output)) else {
        return CLIExport(reason: "the AWS CLI's answer is not understood")
      }
      return CLIExport(
        credentials: AWSCredentials(
          accessKeyID: output.accessKeyID, secretAccessKey: output.secretAccessKey, sessionToken: output.sessionToken))
    case 2, 252: return CLIExport()
    default: return CLIExport(reason: run.lastErrorLine)
    }
  }
}
