internal import ArgumentParser
internal import Workstation

/// The options for the function's settings in Lambda.
struct FunctionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Kill an invocation after this time, 1 to 900 s.", valueName: "seconds"))
  var timeout = 10

  @Option(
    help: ArgumentHelp("The memory setting to report, 128 to 10240; it is not enforced.", valueName: "MB"))
  var memory = 128

  /// These settings, within Lambda's limits.
  var settings: FunctionSettings {
    get throws {
      guard (1...900).contains(timeout) else {
        throw UsageError("--timeout \(timeout): Lambda accepts 1 to 900 seconds; use --timeout 10")
      }
      guard (128...10240).contains(memory) else {
        throw UsageError("--memory \(memory): Lambda accepts 128 to 10240 MB; use --memory 128")
      }
      return FunctionSettings(timeout: .seconds(timeout), memorySize: memory)
    }
  }
}
