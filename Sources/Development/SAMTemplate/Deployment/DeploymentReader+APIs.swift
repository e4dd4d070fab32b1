internal import Platform

extension DeploymentReader {
  /// Reads an API of one of SAM's types.
  mutating func readServerlessAPI(_ resource: Stack.Resource, kind: APIKind) throws {
    let properties = try stack.properties(of: resource)
    var stage = try properties["StageName"]?.text()
    if kind == .http { stage = stage ?? "$default" }
    guard let stage else { throw properties.error("has no StageName; write one such as \"prod\"") }
    try add(resource.logicalID, kind: kind, stage: stage, properties, body: "DefinitionBody", uri: "DefinitionUri")
  }

  /// Reads an API of one of CloudFormation's types, whose stage is a separate resource.
  mutating func readPlainAPI(_ resource: Stack.Resource, kind: APIKind) throws {
    let properties = try stack.properties(of: resource)
    if let type = try properties["ProtocolType"], try type.text() != "HTTP" {
      return type.warn("\(try type.text()) APIs aren't emulated")
    }
    try add(
      resource.logicalID, kind: kind, stage: "$default", properties, body: "Body", uri: "BodyS3Location")
    try readStage(of: resource.logicalID)
  }

  /// The index of an API that SAM adds for events that don't name one.
  mutating func index(ofImplicit implicit: ImplicitAPI) throws -> Int {
    if let index = apis.firstIndex(where: { $0.api.logicalID == implicit.logicalID }) { return index }
    let properties = try stack.properties(of: implicit)
    try add(implicit.logicalID, kind: implicit.kind, stage: implicit.stage, properties, body: nil, uri: nil)
    return apis.count - 1
  }

  private mutating func add(
    _ logicalID: String, kind: APIKind, stage: String, _ properties: TemplateValue, body: String?, uri: String?
  ) throws {
    if let uri, let location = try properties[uri] {
      throw location.error("is not supported; write the document inline, as \(body ?? "DefinitionBody")")
    }
    var api = APIDefinition(
      logicalID: logicalID, kind: kind, id: APIDefinition.id(logicalID), region: stack.region, stage: stage)
    api.stageVariables =
      try properties.first(of: "Variables", "StageVariables")?.textsByKey() ?? [:]
    // In this property, the slash of a media type is written as ~1.
    api.binaryMediaTypes = try properties["BinaryMediaTypes"]?.texts().map { $0.replacing("~1", with: "/") } ?? []

    let auth = try properties["Auth"].map { try APIAuth($0) } ?? APIAuth()
    let written = try body.flatMap { try properties[$0] }
    let document = try OpenAPIDocument(
      written, kind: kind, models: properties["Models"], functions: functionNames, stack: stack)
    api.routes = try document.routes(auth)
    if kind == .rest {
      api.binaryMediaTypes += try document.root?["x-amazon-apigateway-binary-media-types"]?.texts() ?? []
      try document.root?["x-amazon-apigateway-gateway-responses"]?.readGatewayResponses(into: &api)
      try properties["GatewayResponses"]?.readSAMGatewayResponses(into: &api)
    }
    let mergesEvents = try properties["MergeDefinitions"]?.boolean() ?? false
    apis.append(
      APIReading(api: api, takesEvents: written == nil || mergesEvents, auth: auth, document: document))
    properties.warn(ofKeysBeyond: Self.apiKeys)
  }

  /// Finds the stage, and its variables, of an API of one of CloudFormation's types.
  private mutating func readStage(of logicalID: String) throws {
    let types: Set = ["AWS::ApiGateway::Deployment", "AWS::ApiGateway::Stage", "AWS::ApiGatewayV2::Stage"]
    for resource in stack.resources where types.contains(resource.type) {
      guard try stack.exists(resource) else { continue }
      let properties = try stack.properties(of: resource)
      guard try properties.first(of: "RestApiId", "ApiId")?.text() == APIDefinition.id(logicalID),
        let name = try properties["StageName"]?.text()
      else { continue }
      apis[apis.count - 1].api.stage = name
      apis[apis.count - 1].api.stageVariables =
        try properties.first(of: "Variables", "StageVariables")?.textsByKey() ?? [:]
    }
  }

  /// The keys that are read, and those that make no difference locally.
  private static let apiKeys: Set = [
    "AccessLogSetting", "AccessLogSettings", "AlwaysDeploy", "ApiKeySourceType", "Auth", "BinaryMediaTypes", "Body",
    "CacheClusterEnabled", "CacheClusterSize", "DefaultRouteSettings", "DefinitionBody", "Description",
    "DisableExecuteApiEndpoint", "Domain", "EndpointAccessMode", "EndpointConfiguration", "FailOnWarnings",
    "GatewayResponses", "IpAddressType", "MergeDefinitions", "MethodSettings", "MinimumCompressionSize", "Mode",
    "Models", "Name", "OpenApiVersion", "Policy", "PropagateTags", "ProtocolType", "RouteSettings", "SecurityPolicy",
    "StageName", "StageVariables", "Tags", "TracingEnabled", "Variables",
  ]
}
