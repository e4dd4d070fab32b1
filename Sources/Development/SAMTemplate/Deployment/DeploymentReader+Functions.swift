internal import Platform

extension DeploymentReader {
  /// Reads a function, its events and its URL.
  mutating func readFunction(_ resource: Stack.Resource) throws {
    let properties = try stack.properties(of: resource)
    let isServerless = resource.isServerlessFunction
    var function = FunctionDefinition(
      logicalID: resource.logicalID, codeURI: try codeURI(properties, key: isServerless ? "CodeUri" : "Code"))
    if let timeout = try properties["Timeout"] { function.timeout = .seconds(try timeout.integer(1...900)) }
    if let memory = try properties["MemorySize"] { function.memorySize = try memory.integer(128...10240) }
    if let limit = try properties["ReservedConcurrentExecutions"] {
      function.reservedConcurrency = try limit.integer(0...1_000_000)
    }
    function.variables = try loggingVariables(properties)
    if let variables = try properties["Environment"]?["Variables"] {
      function.variables.merge(try variables.textsByKey()) { $1 }
    }
    try checkRuntime(properties)
    if isServerless {
      if let url = try properties["FunctionUrlConfig"] { urls.append(try readURL(url, of: function)) }
      for (name, event) in try properties["Events"]?.members() ?? [] {
        try readEvent(name, event, of: resource.logicalID)
      }
    }
    functions[resource.logicalID] = function
    properties.warn(ofKeysBeyond: isServerless ? Self.serverlessKeys : Self.lambdaKeys)
  }

  private func codeURI(_ properties: TemplateValue, key: String) throws -> String {
    for image in ["ImageUri", "InlineCode"] {
      if let value = try properties[image] {
        throw value.error("is not supported; write \(key) with a directory that contains a bootstrap")
      }
    }
    if let type = try properties["PackageType"], try type.text() == "Image" {
      throw type.error("is not supported; write Zip, and \(key) with a directory that contains a bootstrap")
    }
    guard let code = try properties[key] else { return "." }
    guard let directory = code.node.text, !directory.hasPrefix("s3://") else {
      throw code.error("must be a directory on this machine; write its path")
    }
    return directory
  }

  /// The environment variables that Lambda derives from `LoggingConfig`.
  private func loggingVariables(_ properties: TemplateValue) throws -> [String: String] {
    guard let logging = try properties["LoggingConfig"] else { return [:] }
    var variables: [String: String] = [:]
    variables["AWS_LAMBDA_LOG_FORMAT"] = try logging["LogFormat"]?.text()
    variables["AWS_LAMBDA_LOG_LEVEL"] = try logging["ApplicationLogLevel"]?.text()
    return variables
  }

  /// Warns of a runtime that doesn't start `bootstrap`.
  private func checkRuntime(_ properties: TemplateValue) throws {
    guard let runtime = try properties["Runtime"], try !runtime.text().hasPrefix("provided") else { return }
    runtime.warn("\(try runtime.text()) is not emulated: the bootstrap is started, as for provided.al2023")
  }

  private func readURL(_ url: TemplateValue, of function: FunctionDefinition) throws -> APIDefinition {
    let logicalID = "\(function.logicalID)Url"
    var api = APIDefinition(
      logicalID: logicalID, kind: .functionURL, id: APIDefinition.id(logicalID), region: stack.region, stage: "$default"
    )
    // A URL has no time limit except the function's; this covers that and the init phase.
    var route = RouteDefinition(
      method: nil, path: nil,
      integration: .lambdaProxy(
        function: function.logicalID, payloadFormat: .v2, timeout: function.timeout + .seconds(60)))
    route.requiresIAM = try url["AuthType"]?.text() == "AWS_IAM"
    api.routes = [route]
    if let mode = try url["InvokeMode"], try mode.text() != "BUFFERED" {
      mode.warn("not emulated: responses are buffered")
    }
    url.warn(ofKeysBeyond: ["AuthType", "InvokeMode"])
    return api
  }

  private mutating func readEvent(
    _ name: String, _ event: TemplateValue, of function: String
  ) throws {
    guard let type = try event["Type"]?.text() else { throw event.error("has no Type; write Api or HttpApi") }
    guard type == "Api" || type == "HttpApi" else {
      event.warn("events of type \(type) are not emulated")
      return
    }
    let empty = event.node.with(.mapping([]))
    guard let properties = try TemplateValue(event.node["Properties"] ?? empty, in: stack) else { return }
    events.append(FunctionEvent(function: function, kind: type == "Api" ? .rest : .http, properties: properties))
  }

  private static let lambdaKeys: Set = [
    "Architectures", "Code", "CodeSigningConfigArn", "DeadLetterConfig", "Description", "Environment",
    "EphemeralStorage", "FunctionName", "Handler", "KmsKeyArn", "LoggingConfig", "MemorySize", "PackageType",
    "RecursiveLoop", "ReservedConcurrentExecutions", "Role", "Runtime", "RuntimeManagementConfig", "SnapStart", "Tags",
    "Timeout", "TracingConfig", "VpcConfig",
  ]

  private static let serverlessKeys = lambdaKeys.subtracting(["Code", "DeadLetterConfig", "TracingConfig"]).union([
    "AssumeRolePolicyDocument", "AutoPublishAlias", "AutoPublishAliasAllProperties", "AutoPublishCodeSha256", "CodeUri",
    "DeadLetterQueue", "DeploymentPreference", "EventInvokeConfig", "Events", "FunctionUrlConfig",
    "PermissionsBoundary",
    "Policies", "PropagateTags", "ProvisionedConcurrencyConfig", "PublishToLatestPublished", "RolePath",
    "SourceKMSKeyArn", "Tracing", "VersionDeletionPolicy", "VersionDescription",
  ])
}
