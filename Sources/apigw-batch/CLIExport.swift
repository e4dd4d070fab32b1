internal import Foundation
internal import SigV4
internal import Subprocess

/// What `aws configure export-credentials` prints, in the form of
/// [process credentials](https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html).
struct CLIExport {
  /// The keys, when there are any.
  var credentials: AWSCredentials?
  /// Why there are none, in the CLI's words; nil where there is no CLI, or one without this command.
  var reason: String?

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
  static func run() async -> CLIExport {
    let arguments: Arguments = ["configure", "export-credentials", "--format", "process"]
    guard
      let result = try? await Subprocess.run(
        .name("aws"), arguments: arguments, output: .bytes(limit: 65536), error: .string(limit: 65536))
    else { return CLIExport() }
    switch result.terminationStatus {
    case .exited(0):
      guard let output = try? JSONDecoder().decode(Output.self, from: Data(result.standardOutput)) else {
        return CLIExport(reason: "the AWS CLI's answer is not understood")
      }
      return CLIExport(
        credentials: AWSCredentials(
          accessKeyID: output.accessKeyID, secretAccessKey: output.secretAccessKey, sessionToken: output.sessionToken))
    case .exited(2), .exited(252): return CLIExport()
    default: return CLIExport(reason: result.standardError.split(whereSeparator: \.isNewline).last.map(String.init))
    }
  }
}
