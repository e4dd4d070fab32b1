internal import Foundation
package import SigV4

/// The output of `aws configure export-credentials`, in the format of
/// [process credentials](https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html).
package struct CLIExport {
  /// The keys, if there are any.
  package var credentials: AWSCredentials?
  /// Why there are no keys, in the CLI's words; nil without a CLI that has this command.
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

  /// Runs the AWS CLI. Version 1 doesn't have the command and exits with 2 or 252.
  package static func run() async -> CLIExport {
    guard let run = await ProgramRun.ofAWS(["configure", "export-credentials", "--format", "process"]) else {
      return CLIExport()
    }
    switch run.status {
    case 0:
      guard let output = try? JSONDecoder().decode(Output.self, from: Data(run.output)) else {
        return CLIExport(reason: "the AWS CLI printed unexpected output")
      }
      return CLIExport(
        credentials: AWSCredentials(
          accessKeyID: output.accessKeyID, secretAccessKey: output.secretAccessKey, sessionToken: output.sessionToken))
    case 2, 252: return CLIExport()
    default: return CLIExport(reason: run.lastErrorLine)
    }
  }
}
