internal import Platform

/// Reads the supported parts of a stack: functions, APIs, and the events that connect them.
struct DeploymentReader {
  let stack: Stack
  /// The logical ids of the functions that are deployed.
  let functionNames: Set<String>
  var functions: [String: FunctionDefinition] = [:]
  var events: [FunctionEvent] = []
  /// The APIs, in the template's order; those that SAM adds come last.
  var apis: [APIReading] = []
  /// The functions' own URLs.
  var urls: [APIDefinition] = []

  init(_ stack: Stack) throws {
    self.stack = stack
    var names: Set<String> = []
    for resource in stack.resources where resource.isFunction {
      if try stack.exists(resource) { names.insert(resource.logicalID) }
    }
    functionNames = names
  }

  /// Reads everything.
  mutating func read() throws -> Deployment {
    for resource in stack.resources { try read(resource) }
    for event in events { try addRoute(of: event) }
    return Deployment(apis: apis.map(\.api) + urls, functions: functions, warnings: stack.warnings)
  }

  private mutating func read(_ resource: Stack.Resource) throws {
    // Conditions of resources that aren't emulated are ignored.
    guard Self.types.contains(resource.type), try stack.exists(resource) else { return }
    switch resource.type {
    case "AWS::Serverless::Function", "AWS::Lambda::Function": try readFunction(resource)
    case "AWS::Serverless::Api": try readServerlessAPI(resource, kind: .rest)
    case "AWS::Serverless::HttpApi": try readServerlessAPI(resource, kind: .http)
    case "AWS::ApiGateway::RestApi": try readPlainAPI(resource, kind: .rest)
    case "AWS::ApiGatewayV2::Api": try readPlainAPI(resource, kind: .http)
    case "AWS::Lambda::Url":
      stack.warn(
        at: resource.node, "AWS::Lambda::Url is not supported; write FunctionUrlConfig in an AWS::Serverless::Function")
    case let type:
      stack.warn(
        at: resource.node, "\(type) is not supported; write the API's OpenAPI document as DefinitionBody or Body")
    }
  }

  private static let types = unreadTypes.union([
    "AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "AWS::Lambda::Function", "AWS::Lambda::Url",
    "AWS::Serverless::Api", "AWS::Serverless::Function", "AWS::Serverless::HttpApi",
  ])

  /// The types that build an API piece by piece, or that change one from outside.
  private static let unreadTypes: Set = [
    "AWS::ApiGateway::Authorizer", "AWS::ApiGateway::GatewayResponse", "AWS::ApiGateway::Method",
    "AWS::ApiGateway::Model", "AWS::ApiGateway::RequestValidator", "AWS::ApiGateway::Resource",
    "AWS::ApiGatewayV2::ApiGatewayManagedOverrides", "AWS::ApiGatewayV2::Authorizer",
    "AWS::ApiGatewayV2::Integration", "AWS::ApiGatewayV2::Route",
  ]
}
