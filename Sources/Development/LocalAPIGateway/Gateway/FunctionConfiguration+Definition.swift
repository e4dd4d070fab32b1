internal import Foundation
internal import LocalLambda
internal import SAMTemplate
internal import SigV4

extension FunctionConfiguration {
  /// The configuration of a template's function, which runs the `bootstrap` in its `CodeUri`.
  ///
  /// - Parameter directory: the template's directory, to which `CodeUri` is relative.
  init(_ definition: FunctionDefinition, in directory: String, region: String, credentials: AWSCredentials) {
    let code = URL(filePath: definition.codeURI, relativeTo: URL(filePath: directory, directoryHint: .isDirectory))
    let taskRoot = code.standardizedFileURL
    self.init(
      name: definition.logicalID, bootstrap: taskRoot.appending(path: "bootstrap").path, taskRoot: taskRoot.path,
      region: region,
      credentials: credentials, variables: definition.variables)
    memorySize = definition.memorySize
    timeout = .seconds(definition.timeout)
    if let limit = definition.reservedConcurrency { maximumConcurrency = limit }
  }
}
