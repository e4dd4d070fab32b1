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
      stack.warn(error, "the stage of Resources.\(resource.logicalID) is \(stage ?? "") here")
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
    if stage == nil, properties.node["Target"] == nil {
      stack.warn(
        at: resource.node,
        "has no stage in this template, without which API Gateway doesn't serve it; here, its stage is $default")
    }
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
    _ logicalID: String, kind: APIKind, stage: String, variables: @autoclosure () throws -> TemplateValue?,
    _ properties: TemplateValue, body: String?, uri: String?
  ) throws {
    let name = "Resources.\(logicalID)"
    var api = APIDefinition(
      logicalID: logicalID, kind: kind, id: APIDefinition.id(logicalID), region: stack.region, stage: stage)
    api.stageVariables = try stageVariables(
      stack.read(orWarn: "the stage of \(name) has no variables here") { try variables() })
    let auth = try stack.read(orWarn: "the defaults in Auth of \(name) are ignored") {
      try properties["Auth"].map { try APIAuth($0) }
    }
    let mergesEvents = try properties["MergeDefinitions"]?.boolean() ?? false
    let written = try stack.read(orWarn: "\(name) is served without the routes of its document") {
      try self.document(properties, body: body, uri: uri)
    }
    let combined = try APIParts(of: logicalID, in: stack).document(kind, properties, addedTo: written)
    let document = OpenAPIDocument(
      combined, kind: kind, models: properties.node["Models"], functions: functionNames,
      stageVariables: api.stageVariables, stack: stack)
    api.routes = try document.routes(auth ?? APIAuth(), of: logicalID)
    if kind == .rest { try readRESTSettings(of: &api, properties, document) }
    if kind == .http {
      api.cors = try stack.read(orWarn: "\(name) sends no CORS headers") {
        try CORSDefinition(
          document: document.root?["x-amazon-apigateway-cors"], configuration: properties["CorsConfiguration"])
      }
    }
    let preflight = try stack.read(orWarn: "\(name) has no OPTIONS methods for CORS") {
      try properties["Cors"].flatMap { try PreflightMethod($0) }
    }
    // SAM adds events to the document of an HTTP API, but to that of a REST API only if told to.
    let extendsDocument = mergesEvents || kind == .http && properties.node["DefinitionBody"] != nil
    apis.append(
      APIReading(
        api: api, takesEvents: written == nil || extendsDocument, auth: auth ?? APIAuth(), document: document,
        preflight: preflight))
    if let domain = try properties["Domain"] { domain.warn("not emulated: \(Self.basePaths)") }
    properties.warn(ofKeysBeyond: Self.apiKeys)
  }

  private func readRESTSettings(
    of api: inout APIDefinition, _ properties: TemplateValue, _ document: OpenAPIDocument
  ) throws {
    let name = "Resources.\(api.logicalID)"
    try stack.read(orWarn: "\(name) takes every body for text") {
      // In this property, the slash of a media type is written as ~1.
      let written = try properties["BinaryMediaTypes"]?.texts().map { $0.replacing("~1", with: "/") } ?? []
      api.binaryMediaTypes = try written + (document.root?["x-amazon-apigateway-binary-media-types"]?.texts() ?? [])
    }
    try stack.read(orWarn: "\(name) sends API Gateway's default responses") {
      try document.root?["x-amazon-apigateway-gateway-responses"]?.readGatewayResponses(into: &api)
      try properties["GatewayResponses"]?.readSAMGatewayResponses(into: &api)
    }
  }

  /// The OpenAPI document of an API; nil if its routes come from events or from resources of their own.
  private func document(_ properties: TemplateValue, body: String?, uri: String?) throws -> TemplateValue? {
    var node: TemplateNode?
    if let body, let value = try properties[body] {
      node = value.node
    } else if let uri, let location = try properties[uri] {
      node = try stack.file(at: location.node)
    }
    let document = try node.flatMap { try TemplateValue(stack.resolvingImportVariables(in: $0), in: stack) }
    // Without its paths, the document is of no use.
    _ = try document?["paths"]
    return document
  }

  /// The variables of a stage. One that can't be evaluated here is missing.
  private func stageVariables(_ variables: TemplateValue?) throws -> [String: String] {
    var values: [String: String] = [:]
    for entry in variables?.node.entries ?? [] {
      values[entry.key] = try stack.read(orWarn: "the stage has no variable \(entry.key.quoted) here") {
        try TemplateValue(entry.value, in: stack)?.text()
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
