internal import Platform

extension Stack {
  /// `Ref`: a parameter's value, a pseudo parameter's, or a resource's id.
  func reference(_ argument: TemplateNode) throws -> TemplateNode? {
    guard let name = argument.text else { throw error(at: argument, "Ref needs a name; write one") }
    if name == "AWS::NoValue" { return nil }
    if let declaration = parameter(name) {
      switch try value(ofParameter: name, declaration) {
      case .text(let text): return argument.with(text: text)
      case .list(let elements): return argument.with(.sequence(elements.map { argument.with(text: $0) }))
      }
    }
    return argument.with(text: try text(ofReference: name, at: argument))
  }

  /// The string that `Ref` yields for anything except a parameter.
  func text(ofReference name: String, at node: TemplateNode) throws -> String {
    if name.hasPrefix("AWS::") { return try pseudoParameter(name, at: node) }
    if let dot = name.firstIndex(of: ".") {
      return try text(ofAttribute: String(name[name.index(after: dot)...]), of: String(name[..<dot]), at: node)
    }
    if let resource = resource(name) { return id(try existing(resource, at: node)) }
    // Resources that SAM adds.
    if [ImplicitAPI.rest, .http].map(\.logicalID).contains(name) { return APIDefinition.id(name) }
    if isAddedRole(name) { return name }
    throw error(at: node, "\(name.quoted) is not a parameter or resource of the template; add it, or fix the name")
  }

  /// `Fn::GetAtt`: `Resource.Attribute`, or a list of the two.
  func attribute(_ argument: TemplateNode) throws -> TemplateNode {
    if let elements = argument.elements, elements.count == 2, let name = elements[0].text {
      return argument.with(text: try text(ofAttribute: text(elements[1]), of: name, at: argument))
    }
    guard let name = argument.text, let dot = name.firstIndex(of: ".") else {
      throw error(at: argument, "Fn::GetAtt needs a resource and an attribute; write Resource.Attribute")
    }
    let attribute = String(name[name.index(after: dot)...])
    return argument.with(text: try text(ofAttribute: attribute, of: String(name[..<dot]), at: argument))
  }

  /// The ARN of something in the account.
  func arn(_ service: String, _ resource: String, isGlobal: Bool = false) -> String {
    Partition(region: region).arn(
      service, region: isGlobal ? "" : region, account: settings.accountID, resource)
  }

  private func pseudoParameter(_ name: String, at node: TemplateNode) throws -> String {
    switch name {
    case "AWS::AccountId": return settings.accountID
    case "AWS::Partition": return Partition(region: region).name
    case "AWS::Region": return region
    case "AWS::StackId":
      return arn("cloudformation", "stack/\(settings.stackName)/00000000-0000-0000-0000-000000000000")
    case "AWS::StackName": return settings.stackName
    case "AWS::URLSuffix": return Partition(region: region).domain
    default:
      throw error(at: node, "\(name) is not a supported pseudo parameter; write the value itself")
    }
  }

  /// The attribute of a resource. Covers the few types whose attributes functions and integrations use.
  private func text(
    ofAttribute attribute: String, of name: String, at node: TemplateNode
  ) throws -> String {
    if attribute == "Arn", isAddedRole(name) { return arn("iam", "role/\(name)", isGlobal: true) }
    guard let resource = resource(name) else {
      throw error(at: node, "\(name.quoted) is not a resource of the template; add it, or fix the name")
    }
    _ = try existing(resource, at: node)
    switch (resource.type, attribute) {
    case (_, "Arn") where resource.isFunction: return arn("lambda", "function:\(name)")
    case (_, "Alias") where resource.isServerlessFunction:
      guard let alias = resource.node["Properties"]?["AutoPublishAlias"] else { break }
      return arn("lambda", "function:\(name):\(try text(alias))")
    case ("AWS::Serverless::Api", "Stage"):
      guard let stage = resource.node["Properties"]?["StageName"] else { break }
      return try text(stage)
    case ("AWS::IAM::Role", "Arn"): return arn("iam", "role/\(name)", isGlobal: true)
    case ("AWS::Batch::JobQueue", "JobQueueArn"): return id(resource)
    case ("AWS::DynamoDB::Table", "Arn"): return arn("dynamodb", "table/\(name)")
    case ("AWS::Logs::LogGroup", "Arn"): return arn("logs", "log-group:\(name):*")
    case ("AWS::SQS::Queue", "Arn"): return arn("sqs", name)
    default: break
    }
    throw error(at: node, "\(name).\(attribute) is not a supported attribute; write the value itself, or a parameter")
  }

  /// Whether this is the name of a role that SAM adds for a function.
  private func isAddedRole(_ name: String) -> Bool {
    resource(name) == nil && name.hasSuffix("Role")
      && resource(String(name.dropLast("Role".count)))?.isServerlessFunction == true
  }

  /// The value that `Ref` yields for a resource: usually its name, which here equals its logical id.
  private func id(_ resource: Resource) -> String {
    let name = resource.logicalID
    return switch resource.type {
    case "AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "AWS::Serverless::Api", "AWS::Serverless::HttpApi":
      APIDefinition.id(name)
    case "AWS::Batch::JobDefinition": arn("batch", "job-definition/\(name):1")
    case "AWS::Batch::JobQueue": arn("batch", "job-queue/\(name)")
    case "AWS::SNS::Topic": arn("sns", name)
    case "AWS::SQS::Queue": "https://sqs.\(region).\(Partition(region: region).domain)/\(settings.accountID)/\(name)"
    default: name
    }
  }

  private func existing(_ resource: Resource, at node: TemplateNode) throws -> Resource {
    guard try exists(resource) else {
      throw error(
        at: node, "\(resource.logicalID) isn't deployed, because its Condition is false; use Fn::If with the same one")
    }
    return resource
  }
}

extension Stack.Resource {
  /// Whether this is a Lambda function.
  var isFunction: Bool { isServerlessFunction || type == "AWS::Lambda::Function" }
  /// Whether this is one of SAM's functions.
  var isServerlessFunction: Bool { type == "AWS::Serverless::Function" }
}
