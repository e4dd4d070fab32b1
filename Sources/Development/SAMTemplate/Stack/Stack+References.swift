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
    if let resource = resource(name) { return try id(existing(resource, at: node)) }
    if let reference = try reference(toGenerated: name) { return reference }
    throw missing(name, "a parameter or resource", at: node)
  }

  private func missing(_ name: String, _ kind: String, at node: TemplateNode) -> TemplateFileError {
    if mayLackResources || mayAdd(name) {
      return limitation(at: node, "\(name.quoted) is not known here; write the value itself, or a parameter")
    }
    return error(at: node, "\(name.quoted) is not \(kind) of the template; add it, or fix the name")
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
      throw limitation(at: node, "\(name) is not known here; write the value itself")
    }
  }

  /// The attribute of a resource.
  private func text(
    ofAttribute attribute: String, of name: String, at node: TemplateNode
  ) throws -> String {
    guard let resource = resource(name) else {
      if let value = try self.attribute(attribute, ofGenerated: name) { return value }
      throw missing(name, "a resource", at: node)
    }
    _ = try existing(resource, at: node)
    if let value = try text(ofAttribute: attribute, of: resource) { return value }
    throw limitation(
      at: node, "\(name).\(attribute) is not known here; write the value itself, or a parameter")
  }

  /// The attribute of a resource; nil if it isn't known.
  private func text(ofAttribute attribute: String, of resource: Resource) throws -> String? {
    if attribute == ResourceIdentity.all[resource.type]?.arnAttribute { return try arn(of: resource) }
    switch (resource.type, attribute) {
    case ("AWS::Serverless::Function", "Alias"):
      guard let alias = try alias(of: resource) else { return nil }
      return try arn(of: resource, alias)
    case ("AWS::Serverless::Function", "Version"): return try arn(of: resource, "1")
    case ("AWS::Lambda::Version", "FunctionArn"): return try id(resource)
    case ("AWS::Lambda::Version", "Version"): return "1"
    case ("AWS::Serverless::Api", "Stage"), ("AWS::Serverless::HttpApi", "Stage"): return try stage(of: resource)
    case ("AWS::Serverless::Api", "Deployment"): return APIDefinition.id("\(resource.logicalID)Deployment")
    case ("AWS::ApiGatewayV2::Api", "ApiEndpoint"), ("AWS::Serverless::HttpApi", "ApiEndpoint"):
      return endpoint(of: resource.logicalID)
    case ("AWS::ApiGateway::RestApi", "RootResourceId"), ("AWS::Serverless::Api", "RootResourceId"):
      return APIParts.rootID(of: resource.logicalID)
    // These attributes equal the value of `Ref`.
    case ("AWS::ApiGateway::RestApi", "RestApiId"), ("AWS::ApiGateway::Resource", "ResourceId"),
      ("AWS::ApiGateway::Deployment", "DeploymentId"), ("AWS::ApiGateway::RequestValidator", "RequestValidatorId"),
      ("AWS::ApiGatewayV2::Api", "ApiId"), ("AWS::ApiGatewayV2::Deployment", "DeploymentId"),
      ("AWS::ApiGatewayV2::Integration", "IntegrationId"), ("AWS::ApiGatewayV2::Route", "RouteId"):
      return try id(resource)
    case ("AWS::Lambda::Url", "FunctionUrl"):
      return "https://\(APIDefinition.id(resource.logicalID)).lambda-url.\(region).on.aws/"
    case ("AWS::SNS::Topic", "TopicName"), ("AWS::SQS::Queue", "QueueName"): return try self.name(of: resource)
    case ("AWS::SQS::Queue", "QueueUrl"): return try id(resource)
    case ("AWS::IAM::Role", "RoleId"): return "AROA\(APIDefinition.id(resource.logicalID).uppercased())"
    default: return nil
    }
  }

  /// The value that `Ref` yields for a resource: usually its name.
  private func id(_ resource: Resource) throws -> String {
    let logicalID = resource.logicalID
    if ResourceIdentity.all[resource.type]?.refIsARN == true, let arn = try arn(of: resource) { return arn }
    switch resource.type {
    case "AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "AWS::Serverless::Api", "AWS::Serverless::HttpApi":
      return APIDefinition.id(logicalID)
    case "AWS::ApiGateway::Stage", "AWS::ApiGatewayV2::Stage":
      if let name = try properties(of: resource)["StageName"]?.text() { return name }
    case "AWS::Lambda::Alias", "AWS::Lambda::Version":
      let properties = try properties(of: resource)
      guard let function = try properties["FunctionName"]?.text() else { break }
      let qualifier = resource.type == "AWS::Lambda::Alias" ? try properties["Name"]?.text() : "1"
      let prefix = function.hasPrefix("arn:") ? function : arn("lambda", "function:\(function)")
      return "\(prefix):\(qualifier ?? logicalID)"
    case "AWS::SQS::Queue":
      let name = try name(of: resource)
      return "https://sqs.\(region).\(Partition(region: region).domain)/\(settings.accountID)/\(name)"
    default: break
    }
    return try name(of: resource)
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
