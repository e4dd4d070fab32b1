internal import Platform

extension DeploymentReader {
  /// Reads a function, its events and its URL.
  mutating func readFunction(_ resource: Stack.Resource) throws {
    let id = resource.logicalID
    do {
      functions[id] = try function(resource)
    } catch let error as TemplateFileError where error.isLimitation {
      stack.warn(error, "requests to Resources.\(id) get a 500")
      functionNames.limitations[id] = error.reason
    }
    guard resource.isServerlessFunction else { return }
    let properties = try stack.properties(of: resource)
    try stack.read(orWarn: "the URL of Resources.\(id) is not served") {
      if let url = try properties["FunctionUrlConfig"] { urls.append(try self.url(url, "\(id)Url", of: id)) }
    }
    try readEvents(of: id, properties, target: .function(id))
  }

  private func function(_ resource: Stack.Resource) throws -> FunctionDefinition {
    let properties = try stack.properties(of: resource)
    let isServerless = resource.isServerlessFunction
    properties.warn(ofKeysBeyond: isServerless ? Self.serverlessKeys : Self.lambdaKeys)
    try checkRuntime(properties)
    var function = FunctionDefinition(
      logicalID: resource.logicalID,
      codeURI: try resource.asset ?? codeURI(properties, key: isServerless ? "CodeUri" : "Code"))
    function.name = try stack.name(of: resource)
    if let timeout = try properties["Timeout"] { function.timeout = .seconds(try timeout.integer(1...900)) }
    if let memory = try properties["MemorySize"] { function.memorySize = try memory.integer(128...10240) }
    if let limit = try properties["ReservedConcurrentExecutions"] {
      function.reservedConcurrency = try limit.integer(0...1_000_000)
    }
    function.variables = try loggingVariables(properties)
    if let variables = try properties["Environment"]?["Variables"] {
      function.variables.merge(try variables.textsByKey()) { $1 }
    }
    return function
  }

  private func codeURI(_ properties: TemplateValue, key: String) throws -> String {
    let remedy = "write \(key) with a directory that contains a bootstrap"
    if let inline = try properties["InlineCode"] { throw inline.limitation("inline code can't run here; \(remedy)") }
    if let image = try properties["ImageUri"] { throw image.limitation("an image can't run here; \(remedy)") }
    if let type = try properties["PackageType"], try type.text() == "Image" {
      throw type.limitation("an image can't run here; write Zip, and \(key) with a directory that contains a bootstrap")
    }
    guard let code = try properties[key] else { return "." }
    if case .mapping(let entries) = code.node.content {
      let kind = ["ImageUri": "an image", "ZipFile": "inline code"][entries.first?.key ?? ""] ?? "code in S3"
      throw code.limitation("\(kind) can't run here; \(remedy)")
    }
    let directory = try code.text()
    guard !directory.hasPrefix("s3://"), !directory.hasPrefix("https://") else {
      throw code.limitation("code in S3 can't run here; \(remedy)")
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

  /// Refuses a runtime that doesn't start `bootstrap`.
  private func checkRuntime(_ properties: TemplateValue) throws {
    guard let runtime = try properties["Runtime"], try !runtime.text().hasPrefix("provided") else { return }
    throw runtime.limitation("the runtime \(try runtime.text()) can't run here, only provided.al2023 and its like can")
  }

  /// Reads a function's URL of CloudFormation's own type.
  mutating func readURL(_ resource: Stack.Resource) throws {
    let properties = try stack.properties(of: resource)
    guard let target = try properties["TargetFunctionArn"] else {
      throw properties.error("has no TargetFunctionArn; write the function's name or ARN")
    }
    guard let function = functionNames.logicalID(try target.text()) else {
      return target.warn("the template has no function \(try target.text().quoted); the URL is ignored")
    }
    urls.append(try url(properties, resource.logicalID, of: function))
  }

  private func url(_ url: TemplateValue, _ logicalID: String, of function: String) throws -> APIDefinition {
    var api = APIDefinition(
      logicalID: logicalID, kind: .functionURL, id: APIDefinition.id(logicalID), region: stack.region, stage: "$default"
    )
    api.function = function
    // A URL has no time limit except the function's; this covers that and the init phase.
    let timeout = (functions[function]?.timeout ?? .zero) + .seconds(60)
    var route = RouteDefinition(
      method: nil, path: nil,
      integration: functionNames.integration(function: function, payloadFormat: .v2, timeout: timeout))
    route.requiresIAM = try url["AuthType"]?.text() == "AWS_IAM"
    api.routes = [route]
    if let mode = try url["InvokeMode"], try mode.text() != "BUFFERED" {
      mode.warn("not emulated: responses are buffered")
    }
    url.warn(ofKeysBeyond: ["AuthType", "InvokeMode", "Qualifier", "TargetFunctionArn"])
    return api
  }

  /// Reads the events of a state machine, which are routes that can't run here.
  mutating func readStateMachine(_ resource: Stack.Resource) throws {
    let id = resource.logicalID
    let reason = "Resources.\(id) is a state machine, which can't run here"
    try readEvents(of: id, stack.properties(of: resource), target: .unsupported(reason))
  }

  private mutating func readEvents(
    of logicalID: String, _ properties: TemplateValue, target: FunctionEvent.Target
  ) throws {
    let events = try stack.read(orWarn: "the events of Resources.\(logicalID) are left out") {
      try properties["Events"]?.entries()
    }
    for entry in events ?? [] {
      try stack.read(orWarn: "the event is left out") {
        if let event = try TemplateValue(entry.value, in: stack) { try readEvent(event, target: target) }
      }
    }
  }

  private mutating func readEvent(_ event: TemplateValue, target: FunctionEvent.Target) throws {
    guard let type = try event["Type"]?.text() else { throw event.error("has no Type; write Api or HttpApi") }
    guard type == "Api" || type == "HttpApi" else {
      event.warn("events of type \(type) are not emulated")
      return
    }
    if case .unsupported = target { event.warn("state machines can't run here; requests to its route get a 500") }
    let empty = event.node.with(.mapping([]))
    guard let properties = try TemplateValue(event.node["Properties"] ?? empty, in: stack) else { return }
    events.append(FunctionEvent(target: target, kind: type == "Api" ? .rest : .http, properties: properties))
  }

  private static let lambdaKeys: Set = [
    "Architectures", "Code", "CodeSigningConfigArn", "DeadLetterConfig", "Description", "Environment",
    "EphemeralStorage", "FunctionName", "Handler", "KmsKeyArn", "LoggingConfig", "MemorySize", "PackageType",
    "RecursiveLoop", "ReservedConcurrentExecutions", "Role", "Runtime", "RuntimeManagementConfig", "SnapStart", "Tags",
    "Timeout", "TracingConfig", "VpcConfig",
  ]

  private static let serverlessKeys = lambdaKeys.subtracting(["Code", "DeadLetterConfig", "TracingConfig"]).union([
    "AssumeRolePolicyDocument", "AutoPublishAlias", "AutoPublishAliasAllProperties", "AutoPublishCodeSha256", "CodeUri",
    "DeadLetterQueue", "DeploymentPreference", "EventInvokeConfig", "Events", "FunctionUrlConfig", "ImageConfig",
    "ImageUri", "InlineCode", "PermissionsBoundary",
    "Policies", "PropagateTags", "ProvisionedConcurrencyConfig", "PublishToLatestPublished", "RolePath",
    "SourceKMSKeyArn", "Tracing", "VersionDeletionPolicy", "VersionDescription",
  ])
}

extension Stack.Resource {
  /// The directory of a function's code that the CDK names next to the template, where it writes `Code` in S3.
  fileprivate var asset: String? {
    guard let metadata = node["Metadata"], metadata["aws:asset:property"]?.text == "Code" else { return nil }
    return metadata["aws:asset:path"]?.text
  }
}
