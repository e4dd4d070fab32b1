internal import Batch
internal import Platform
internal import SigV4
internal import Workstation

/// A Batch to check, and the commands that concern it.
struct ExaminedBatch {
  /// Its job queues and job definitions.
  let inventory: BatchInventory
  /// Whether it was chosen by `--batch-endpoint`, and so is called with the demo keys.
  let isDemo: Bool
  /// Whether the keys come from environment variables, which take precedence.
  let hasKeysOfEnvironment: Bool
  /// The doctor's own command.
  let again: String

  /// The Batch that an environment describes, in a region.
  init(
    _ environment: Platform.Environment, region: String, credentials: AWSCredentials, isDemo: Bool = false,
    timeLimit: Duration = .seconds(5), again: String
  ) throws(UsageError) {
    do throws(EnvironmentError) {
      inventory = try BatchInventory(
        environment: environment, region: region, credentials: credentials, timeLimit: timeLimit)
    } catch {
      throw UsageError("\(error)", run: "unset \(error.variable)")
    }
    self.isDemo = isDemo
    hasKeysOfEnvironment = environment["AWS_ACCESS_KEY_ID"] != nil
    self.again = again
  }

  /// The base URL.
  var url: String { inventory.endpoint.url }
  /// The region.
  var region: String { inventory.endpoint.region }

  /// A command of the AWS CLI that reaches it.
  func aws(_ command: String) -> String {
    "aws \(command) --region \(region)" + (isDemo ? " --endpoint-url \(url)" : "")
  }

  /// The command to run if it can't be reached, or if the server there isn't Batch.
  var remedy: String {
    if isDemo {
      let port = HTTPURL(url)?.authority.split(separator: ":").last.flatMap { Int($0) }
      return "\(CommandName.invocation) batch" + (port.map { " --port \($0)" } ?? "")
    }
    return inventory.endpoint.variable.map { "unset \($0)" } ?? "curl -I \(url)"
  }
}
