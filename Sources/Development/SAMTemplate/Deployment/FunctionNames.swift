/// The functions of a template, by the names that ARNs and URIs have for them.
struct FunctionNames {
  /// The logical ids by physical name.
  private(set) var logicalIDs: [String: String] = [:]
  /// Why functions can't run here, by logical id.
  var limitations: [String: String] = [:]

  /// The functions that are deployed.
  init(in stack: Stack) throws {
    for resource in stack.resources where resource.isFunction {
      guard try stack.isDeployed(resource) else { continue }
      do {
        logicalIDs[try stack.name(of: resource)] = resource.logicalID
      } catch let error as TemplateFileError where error.isLimitation {
        logicalIDs[resource.logicalID] = resource.logicalID
      }
    }
  }

  /// The logical id of the function that a name or an ARN means; nil if the template has none.
  func logicalID(_ name: String) -> String? {
    logicalIDs[IntegrationURI.functionName(in: name) ?? name]
  }

  /// An integration that passes requests to a function; an unsupported one if the function can't run here.
  func integration(
    function id: String, payloadFormat: PayloadFormatVersion, timeout: Duration
  ) -> IntegrationDefinition {
    if let reason = limitations[id] { return .unsupported("Resources.\(id) can't run here: \(reason)") }
    return .lambdaProxy(function: id, payloadFormat: payloadFormat, timeout: timeout)
  }
}
