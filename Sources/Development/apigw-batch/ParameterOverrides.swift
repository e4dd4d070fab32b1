internal import ArgumentParser
internal import Workstation

/// The option for values of a template's parameters.
struct ParameterOverrides: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Values of the template's parameters, each as Name=Value.", valueName: "name=value"))
  var parameterOverrides: [String] = []

  /// The values of `--parameter-overrides`.
  var parameters: [String: String] {
    get throws {
      var parameters: [String: String] = [:]
      for text in parameterOverrides {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else {
          throw UsageError(
            "--parameter-overrides takes Name=Value, not '\(text)'; use --parameter-overrides JobQueues=reports")
        }
        parameters[String(parts[0])] = String(parts[1])
      }
      return parameters
    }
  }
}
