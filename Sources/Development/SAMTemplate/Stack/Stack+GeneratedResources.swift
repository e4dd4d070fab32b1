internal import Platform

/// The resources that SAM adds to a template, under the logical ids that it gives them.
///
/// See [Generated AWS CloudFormation
/// resources](https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html).
extension Stack {
  /// What `Ref` yields for a resource that SAM adds; nil if it adds none of this name.
  func reference(toGenerated name: String) throws -> String? {
    if [ImplicitAPI.rest, .http].map(\.logicalID).contains(name) { return APIDefinition.id(name) }
    for implicit in [ImplicitAPI.rest, .http] {
      let stage = implicit.stage
      if name == Self.stageID(implicit.logicalID, stage) { return stage }
    }
    for resource in resources where name.hasPrefix(resource.logicalID) {
      let rest = name.dropFirst(resource.logicalID.count)
      switch resource.type {
      case "AWS::Serverless::Function":
        if rest == "Role" { return name }
        if rest == "Url", resource.node["Properties"]?["FunctionUrlConfig"] != nil { return try arn(of: resource) }
        if let alias = try alias(of: resource), rest == "Alias\(alias)" { return try arn(of: resource, alias) }
      case "AWS::Serverless::Api", "AWS::Serverless::HttpApi":
        guard let stage = try stage(of: resource) else { continue }
        // The name of a stage that comes from a parameter isn't part of the id.
        if name == Self.stageID(resource.logicalID, stage) || rest == "Stage" { return stage }
      default: continue
      }
    }
    return nil
  }

  /// What `Fn::GetAtt` yields for a resource that SAM adds; nil if it adds none of this name with the attribute.
  func attribute(_ attribute: String, ofGenerated name: String) throws -> String? {
    switch attribute {
    case "RootResourceId": return name == ImplicitAPI.rest.logicalID ? APIParts.rootID(of: name) : nil
    case "RestApiId": return name == ImplicitAPI.rest.logicalID ? APIDefinition.id(name) : nil
    case "ApiId": return name == ImplicitAPI.http.logicalID ? APIDefinition.id(name) : nil
    case "ApiEndpoint": return name == ImplicitAPI.http.logicalID ? endpoint(of: name) : nil
    case "Arn": return isAddedRole(name) ? arn("iam", "role/\(name)", isGlobal: true) : nil
    case "FunctionUrl":
      let hasURL = try name.hasSuffix("Url") && resource(name) == nil && reference(toGenerated: name) != nil
      return hasURL ? "https://\(APIDefinition.id(name)).lambda-url.\(region).on.aws/" : nil
    default: return nil
    }
  }

  /// Whether SAM may add a resource of this name whose id isn't known here, such as a permission or an API key.
  func mayAdd(_ name: String) -> Bool {
    let added = ["ApiKey", "Deployment", "EventInvokeConfig", "Permission", "Role", "UsagePlan", "Version"]
    if [ImplicitAPI.rest, .http].contains(where: { name.hasPrefix($0.logicalID) }) { return true }
    return resources.contains { resource in
      guard resource.type.hasPrefix("AWS::Serverless::"), name.hasPrefix(resource.logicalID) else { return false }
      let events = resource.node["Properties"]?["Events"]?.entries.map(\.key) ?? []
      let rest = name.dropFirst(resource.logicalID.count)
      return (added + events).contains { rest.hasPrefix($0) }
    }
  }

  /// The address that an HTTP API would have in AWS.
  func endpoint(of api: String) -> String {
    "https://\(APIDefinition.id(api)).execute-api.\(region).\(Partition(region: region).domain)"
  }

  /// The ARN of a function's alias or version.
  func arn(of function: Resource, _ qualifier: String) throws -> String? {
    try arn(of: function).map { "\($0):\(qualifier)" }
  }

  /// `AutoPublishAlias` of a function.
  func alias(of function: Resource) throws -> String? {
    guard let alias = function.node["Properties"]?["AutoPublishAlias"], let value = try evaluate(alias) else {
      return nil
    }
    return try text(value)
  }

  /// The stage of an API of one of SAM's types; nil if it has none.
  func stage(of api: Resource) throws -> String? {
    guard let stage = try properties(of: api)["StageName"] else {
      return api.type == "AWS::Serverless::HttpApi" ? ImplicitAPI.http.stage : nil
    }
    return try stage.text()
  }

  /// Whether this is the name of a role that SAM adds for a function.
  private func isAddedRole(_ name: String) -> Bool {
    resource(name) == nil && name.hasSuffix("Role")
      && resource(String(name.dropLast("Role".count)))?.isServerlessFunction == true
  }

  private static func stageID(_ api: String, _ stage: String) -> String {
    "\(api)\(stage == ImplicitAPI.http.stage ? "ApiGatewayDefault" : stage)Stage"
  }
}
