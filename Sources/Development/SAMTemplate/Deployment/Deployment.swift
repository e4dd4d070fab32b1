/// The functions and APIs that a template deploys.
package struct Deployment: Sendable {
  /// The APIs, in the template's order.
  package var apis: [APIDefinition] = []
  /// The functions by their logical ids.
  package var functions: [String: FunctionDefinition] = [:]
  /// The job queues and job definitions.
  package var batch = BatchDefinition()
  /// The parts of the template that aren't supported: one line each, with the place in the template.
  package var warnings: [String] = []

  /// Reads a SAM or CloudFormation template.
  ///
  /// - Parameters:
  ///   - source: the template, YAML or JSON.
  ///   - file: its name, for messages.
  ///   - settings: the values of parameters and pseudo parameters.
  /// - Throws: `TemplateFileError`, which names file, line and place.
  package init(template source: String, file: String, _ settings: StackSettings) throws {
    var reader = try DeploymentReader(Stack(source: source, file: file, settings))
    self = try reader.read()
  }

  /// Reads the template at a path.
  ///
  /// - Throws: `TemplateFileError`, which names file, line and place.
  package init(templateAt path: String, _ settings: StackSettings) throws {
    try self.init(template: Stack.contents(of: path), file: path, settings)
  }

  init(
    apis: [APIDefinition], functions: [String: FunctionDefinition], batch: BatchDefinition, warnings: [String]
  ) {
    self.apis = apis
    self.functions = functions
    self.batch = batch
    self.warnings = warnings
  }

  /// The DynamoDB tables, by name or ARN, in which its functions keep idempotency keys: their `IDEMPOTENCY_TABLE`.
  package var keyTables: [String] {
    Set(functions.values.compactMap { $0.variables["IDEMPOTENCY_TABLE"] }.filter { !$0.isEmpty }).sorted()
  }
}

/// The job queues and job definitions of a template, by name.
package struct BatchDefinition: Hashable, Sendable {
  /// The job queues whose `State` is `ENABLED`, the default.
  package var jobQueues: [String] = []
  /// The job queues whose `State` is `DISABLED`.
  package var disabledJobQueues: [String] = []
  /// The job definitions, each with revision 1.
  package var jobDefinitions: [String] = []

  /// A Batch with nothing of a template.
  package init() {}
}

/// A Lambda function of a template: the properties that are supported.
package struct FunctionDefinition: Sendable {
  /// The logical id.
  package let logicalID: String
  /// `FunctionName`; the logical id if the template gives it none.
  package var name: String
  /// `CodeUri`: a directory, relative to the template's.
  package let codeURI: String
  /// `Environment.Variables`.
  package var variables: [String: String] = [:]
  /// `MemorySize` in MB.
  package var memorySize = 128
  /// `Timeout` in seconds; Lambda's default is 3.
  package var timeout: Duration = .seconds(3)
  /// `ReservedConcurrentExecutions`.
  package var reservedConcurrency: Int?

  /// A function with Lambda's defaults.
  package init(logicalID: String, codeURI: String) {
    self.logicalID = logicalID
    name = logicalID
    self.codeURI = codeURI
  }
}
