/// What a template deploys, as far as it runs on this machine.
struct Deployment: Sendable {
  /// The APIs, in the template's order.
  var apis: [API] = []
  /// The functions by their logical ids.
  var functions: [String: FunctionDefinition] = [:]
  /// What of the template is not run here: one line each, with the place in the template.
  var warnings: [String] = []
}

/// A Lambda function of a template: the properties that matter on this machine.
struct FunctionDefinition: Sendable {
  /// The logical id.
  let logicalID: String
  /// `CodeUri`, a directory relative to the template's own.
  let codeURI: String
  /// `Environment.Variables`.
  var variables: [String: String] = [:]
  /// `MemorySize` in MB.
  var memorySize = 128
  /// `Timeout` in seconds; Lambda's own default is 3.
  var timeout = 3
  /// `ReservedConcurrentExecutions`.
  var reservedConcurrency: Int?
}
