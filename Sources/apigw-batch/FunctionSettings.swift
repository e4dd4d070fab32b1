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
    var variables = FunctionConfiguration.variables(FunctionConfiguration.settingNames, from: environment)
    // The function's working directory is the package's, not the caller's.
    for name in ["AWS_CA_BUNDLE", "APIGW_BATCH_FUNCTION"] {
      variables[name] = variables[name].map { URL(fileURLWithPath: $0).path }
    }
    var configuration = FunctionConfiguration(
      bootstrap: root.bootstrap, taskRoot: root.path, region: account.region, credentials: account.credentials,
      variables: variables.merging(account.variables) { $1 })
    configuration.timeout = timeout
    configuration.memorySize = memorySize
    return configuration
  }
}
