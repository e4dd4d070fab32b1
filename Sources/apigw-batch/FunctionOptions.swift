internal import ArgumentParser
internal import Foundation
internal import LocalAWS
internal import Platform

/// The function's settings in Lambda, as options.
struct FunctionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Kill an invocation after this time, 1 to 900 s.", valueName: "seconds"))
  var timeout = 10

  @Option(
    help: ArgumentHelp("The memory setting to report, 128 to 10240; it is not enforced.", valueName: "MB"))
  var memory = 128

  /// These settings, within Lambda's limits.
  var settings: FunctionSettings {
    get throws(UsageError) {
      guard (1...900).contains(timeout) else {
        throw UsageError("--timeout \(timeout): Lambda takes 1 to 900 seconds; type: --timeout 10")
      }
      guard (128...10240).contains(memory) else {
        throw UsageError("--memory \(memory): Lambda takes 128 to 10240 MB; type: --memory 128")
      }
      return FunctionSettings(timeout: .seconds(timeout), memorySize: memory)
    }
  }
}

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
