internal import Platform

extension DeploymentReader {
  /// Adds a job queue to the template's Batch. Its name is its logical id unless the template gives it another.
  mutating func readJobQueue(_ resource: Stack.Resource) throws {
    try stack.read(orWarn: Self.absence(resource)) {
      let name = try stack.name(of: resource)
      let isEnabled = try stack.properties(of: resource)["State"]?.text() != "DISABLED"
      if isEnabled { batch.jobQueues.append(name) } else { batch.disabledJobQueues.append(name) }
    }
  }

  /// Adds the first revision of a job definition to the template's Batch.
  mutating func readJobDefinition(_ resource: Stack.Resource) throws {
    try stack.read(orWarn: Self.absence(resource)) { batch.jobDefinitions.append(try stack.name(of: resource)) }
  }

  private static func absence(_ resource: Stack.Resource) -> String {
    "the embedded Batch doesn't have Resources.\(resource.logicalID)"
  }
}
