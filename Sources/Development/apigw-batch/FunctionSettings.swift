internal import Foundation
internal import LocalAWS
internal import Platform

/// Settings within Lambda's limits.
struct FunctionSettings {
  let timeout: Duration
  let memorySize: Int

  /// The function in a package, with its role's account and what it takes from the environment.
  func configuration(
    root: PackageRoot, account: BatchAccount, _ environment: Platform.Environment
  ) -> FunctionConfiguration {
    let variables = FunctionConfiguration.settings(from: environment)
      .merging(Self.files(environment)) { $1 }
    var configuration = FunctionConfiguration(
      bootstrap: root.bootstrap, taskRoot: root.path, region: account.region, credentials: account.credentials,
      variables: variables.merging(account.variables) { $1 })
    configuration.timeout = timeout
    configuration.memorySize = memorySize
    return configuration
  }

  /// The variables that name files of the user's: absolute, for the function's working directory is another.
  static func files(_ environment: Platform.Environment) -> [String: String] {
    FunctionConfiguration.variables(["AWS_CA_BUNDLE", "APIGW_BATCH_FUNCTION"], from: environment)
      .mapValues { URL(fileURLWithPath: $0).path }
  }
}
