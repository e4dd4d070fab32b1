internal import Platform

extension DeploymentReader {
  /// Reads an API of one of SAM's types.
  mutating func readServerlessAPI(_ resource: Stack.Resource, kind: APIKind) throws {
    let properties = try stack.properties(of: resource)
    var stage = kind == .http ? ImplicitAPI.http.stage : nil
    do {
      stage = try properties["StageName"]?.text() ?? stage
    } catch let error as TemplateFileError where error.isLimitation {
      stage = stage ?? ImplicitAPI.rest.stage
      stack.warn(error, "so the stage of Resources.\(resource.logicalID) is \(stage ?? "") here")
    }
    guard let stage else { throw properties.error("has no StageName; write one such as \"prod\"") }
    try add(
      resource.logicalID, kind: kind, stage: stage, variables: properties.first(of: "Variables", "StageVariables"),
      properties, body: "DefinitionBody", uri: "DefinitionUri")
  }

  /// Reads an API of one of CloudFormation's types, whose stage is a separate resource.
  mutating func readPlainAPI(_ resource: Stack.Resource, kind: APIKind) throws {
    let properties = try stack.properties(of: resource)
    if let type = try properties["ProtocolType"], try type.text() != "HTTP" {
      return type.warn("\(try type.text()) APIs aren't emulated")
    }
    let stage = try stage(of: resource.logicalID)
    try add(
      resource.logicalID, kind: kind, stage: stage?.name ?? "$default", variables: stage?.variables, properties,
      body: "Body", uri: "BodyS3Location")
    // SAM adds the routes of events only to its own types of APIs.
    apis[apis.count - 1].takesEvents = false
  }

  /// The index of an API that SAM adds for events that don't name one.
  mutating func index(ofImplicit implicit: ImplicitAPI) throws -> Int {
    if let index = apis.firstIndex(where: { $0.api.logicalID == implicit.logicalID }) { return index }
    let properties = try stack.properties(of: implicit)
    try add(
      implicit.logicalID, kind: implicit.kind, stage: implicit.stage,
      variables: properties.first(of: "Variables", "StageVariables"),
      properties, body: nil, uri: nil)
    return apis.count - 1
  }

  private mutating func add(
    _ logicalID: String, kind: APIKind, stage: String, variables: TemplateValue?, _ properties: TemplateValue,
    body: String?, uri: String?
  ) throws {
    var api = APIDefinition(
      logicalID: logicalID, kind: kind, id: APIDefinition.id(logicalID), region: stack.region, stage: stage)
    api.stageVariables = try stageVariables(variables)
    // In this property, the slash of a media type is written as ~1.
    api.binaryMediaTypes = try properties["BinaryMediaTypes"]?.texts().map { $0.replacing("~1", with: "/") } ?? []

    let auth = try properties["Auth"].map { try APIAuth($0) } ?? APIAuth()
    let mergesEvents = try properties["MergeDefinitions"]?.boolean() ?? false
    var written: TemplateValue?
    do {
      written = try self.document(properties, body: body, uri: uri)
    } catch let error as TemplateFileError where error.isLimitation {
      stack.warn(error, "so Resources.\(logicalID) lacks the routes of its document here")
    }
    let combined = try APIParts(of: logicalID, in: stack).document(kind, properties, addedTo: written)
    let document = try OpenAPIDocument(
      combined, kind: kind, models: properties["Models"], functions: functionNames,
      stageVariables: api.stageVariables, stack: stack)
    api.routes = try document.routes(auth, of: logicalID)
    if kind == .rest {
      api.binaryMediaTypes += try document.root?["x-amazon-apigateway-binary-media-types"]?.texts() ?? []
      try document.root?["x-amazon-apigateway-gateway-responses"]?.readGatewayResponses(into: &api)
      try properties["GatewayResponses"]?.readSAMGatewayResponses(into: &api)
    }
    if kind == .http {
      api.cors = try CORSDefinition(
        document: document.root?["x-amazon-apigateway-cors"], configuration: properties["CorsConfiguration"])
    }
    apis.append(
      APIReading(
        api: api, takesEvents: written == nil || mergesEvents, auth: auth, document: document,
        preflight: try properties["Cors"].flatMap { try PreflightMethod($0) }))
    if let domain = try properties["Domain"] { domain.warn("not emulated: \(Self.basePaths)") }
    properties.warn(ofKeysBeyond: Self.apiKeys)
  }

  /// The OpenAPI document of an API; nil if its routes come from events or from resources of their own.
  private func document(_ properties: TemplateValue, body: String?, uri: String?) throws -> TemplateValue? {
    var node: TemplateNode?
    if let body, let value = try properties[body] {
      node = value.node
    } else if let uri, let location = try properties[uri] {
      node = try stack.file(at: location.node)
    }
    return try node.flatMap { try TemplateValue(stack.resolvingImportVariables(in: $0), in: stack) }
  }

  /// The variables of a stage. One that can't be evaluated here is missing.
  private func stageVariables(_ variables: TemplateValue?) throws -> [String: String] {
    var values: [String: String] = [:]
    for entry in variables?.node.entries ?? [] {
      do {
        values[entry.key] = try TemplateValue(entry.value, in: stack)?.text()
      } catch let error as TemplateFileError where error.isLimitation {
        stack.warn(error, "so the stage has no variable \(entry.key.quoted) here")
      }
    }
    return values
  }

  /// The keys that are read, and those that make no difference locally.
  private static let apiKeys: Set = [
    "AccessLogSetting", "AccessLogSettings", "AlwaysDeploy", "ApiKeySourceType", "Auth", "BinaryMediaTypes", "Body",
    "BodyS3Location", "CacheClusterEnabled", "CacheClusterSize", "Cors", "CorsConfiguration", "CredentialsArn",
    "DefaultRouteSettings",
    "DefinitionBody", "DefinitionUri", "Description", "DisableExecuteApiEndpoint", "Domain", "EndpointAccessMode",
    "EndpointConfiguration", "FailOnWarnings", "GatewayResponses", "IpAddressType", "MergeDefinitions",
    "MethodSettings", "MinimumCompressionSize", "Mode", "Models", "Name", "OpenApiVersion", "Policy", "PropagateTags",
    "ProtocolType", "RouteKey", "RouteSelectionExpression", "RouteSettings", "SecurityPolicy", "StageName",
    "StageVariables", "Tags", "Target", "TracingEnabled", "Variables",
  ]
}
