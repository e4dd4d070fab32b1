internal import Platform

extension DeploymentReader {
  /// Adds a job queue to the template's Batch. Its name is its logical id unless the template gives it another.
  mutating func readJobQueue(_ resource: Stack.Resource) throws {
    try note(resource) { reader in
      let name = try reader.stack.name(of: resource)
      let isEnabled = try reader.stack.properties(of: resource)["State"]?.text() != "DISABLED"
      if isEnabled { reader.batch.jobQueues.append(name) } else { reader.batch.disabledJobQueues.append(name) }
    }
  }

  /// Adds the first revision of a job definition to the template's Batch.
  mutating func readJobDefinition(_ resource: Stack.Resource) throws {
    try note(resource) { reader in reader.batch.jobDefinitions.append(try reader.stack.name(of: resource)) }
  }

  private mutating func note(_ resource: Stack.Resource, _ read: (inout DeploymentReader) throws -> Void) throws {
    do {
      try read(&self)
    } catch let error as TemplateFileError where error.isLimitation {
      stack.warn(error, "so the embedded Batch doesn't have Resources.\(resource.logicalID)")
    }
  }
}
