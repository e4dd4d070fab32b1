internal import Platform

/// Reads the supported parts of a stack: functions, APIs, and the events that connect them.
///
/// What AWS accepts and this machine can't run becomes a warning, and an unsupported integration of the routes that
/// need it. A mistake in the template is an error.
struct DeploymentReader {
  let stack: Stack
  /// The names of the functions that are deployed.
  var functionNames: FunctionNames
  var functions: [String: FunctionDefinition] = [:]
  var events: [FunctionEvent] = []
  /// The APIs, in the template's order; those that SAM adds come last.
  var apis: [APIReading] = []
  /// The functions' own URLs.
  var urls: [APIDefinition] = []
  /// What the template's Batch has.
  var batch = BatchDefinition()

  init(_ stack: Stack) throws {
    self.stack = stack
    functionNames = try FunctionNames(in: stack)
  }

  /// Reads everything.
  mutating func read() throws -> Deployment {
    for transform in stack.unknownTransforms {
      let name = transform["Name"]?.text ?? transform.text ?? ""
      stack.warn(at: transform, "the macro \(name.quoted) is not run here, so what it makes is missing")
    }
    var isRead: Set<String> = []
    // Functions first, because a route depends on whether its function can run here.
    for resource in stack.resources where resource.isFunction {
      isRead.insert(resource.logicalID)
      if try stack.isDeployed(resource) { try readFunction(resource) }
    }
    for resource in stack.resources where !isRead.contains(resource.logicalID) {
      // The last resort: most limitations are confined to the property that has them.
      try stack.read(orWarn: APIParts.absence(of: resource)) { try read(resource) }
    }
    for event in events { try addRoute(of: event) }
    for place in apis.flatMap({ $0.api.routes.compactMap(\.placeWithoutIntegration) }) {
      stack.warn(at: place, "not emulated: \(OpenAPIDocument.noIntegration)")
    }
    for index in apis.indices { apis[index].addPreflights() }
    return Deployment(
      apis: apis.map(\.api) + urls, functions: functions, batch: batch, warnings: stack.warnings)
  }

  private mutating func read(_ resource: Stack.Resource) throws {
    let type = resource.type
    // Conditions of resources that aren't emulated are ignored.
    guard Self.types.contains(type) || Self.remarks[type] != nil, try stack.isDeployed(resource) else { return }
    switch type {
    case "AWS::Serverless::Api": try readServerlessAPI(resource, kind: .rest)
    case "AWS::Serverless::HttpApi": try readServerlessAPI(resource, kind: .http)
    case "AWS::ApiGateway::RestApi": try readPlainAPI(resource, kind: .rest)
    case "AWS::ApiGatewayV2::Api": try readPlainAPI(resource, kind: .http)
    case "AWS::Lambda::Url": try readURL(resource)
    case "AWS::Serverless::StateMachine": try readStateMachine(resource)
    case "AWS::Batch::JobQueue": try readJobQueue(resource)
    case "AWS::Batch::JobDefinition": try readJobDefinition(resource)
    default:
      guard let remark = Self.remarks[type] else { return try checkPart(resource) }
      stack.warn(at: resource.node, "\(type) is not emulated: \(remark)")
    }
  }

  private static let types = APIParts.types.union(APIParts.owners).union([
    "AWS::ApiGateway::Authorizer", "AWS::ApiGatewayV2::Authorizer", "AWS::Batch::JobDefinition", "AWS::Batch::JobQueue",
    "AWS::Lambda::Url", "AWS::Serverless::StateMachine",
  ])

  /// The types that have routes, or change them, and aren't read; each with the consequence.
  private static let remarks = [
    "AWS::ApiGateway::BasePathMapping": basePaths,
    "AWS::ApiGateway::BasePathMappingV2": basePaths,
    "AWS::ApiGatewayV2::ApiGatewayManagedOverrides": "its overrides are ignored",
    "AWS::ApiGatewayV2::ApiMapping": basePaths,
    "AWS::ApiGatewayV2::RoutingRule": "requests are not routed by its conditions",
    "AWS::CloudFormation::Stack": "the routes and functions of the nested stack are missing here",
    "AWS::Serverless::Application": "the routes and functions of the nested application are missing here",
    "AWS::Serverless::GraphQLApi": "the API is missing here",
    "AWS::Serverless::WebSocketApi": "the API is missing here",
  ]

  /// What follows from a custom domain's base paths.
  static let basePaths = "paths start with the route's own, without the base path of the domain"
}
