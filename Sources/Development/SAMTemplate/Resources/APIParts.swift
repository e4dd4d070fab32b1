internal import Platform

/// The resources of CloudFormation's own types that make up an API, such as methods or routes.
///
/// `document` turns them into an OpenAPI document whose values are the template's own. So an API that is built piece by
/// piece is read like one that is imported, and messages name the place in the template.
struct APIParts {
  /// A resource that belongs to the API.
  struct Part {
    let resource: Stack.Resource
    let properties: TemplateValue
    /// The id that `Ref` yields.
    let id: String
  }

  let stack: Stack
  /// The API's logical id.
  let api: String
  /// The parts, in the template's order.
  private let parts: [Part]

  init(of api: String, in stack: Stack) throws {
    self.stack = stack
    self.api = api
    var parts: [Part] = []
    for resource in stack.resources where Self.types.contains(resource.type) {
      guard try stack.isDeployed(resource) else { continue }
      let properties = try stack.properties(of: resource)
      // `DeploymentReader.checkPart` reports an id that can't be evaluated.
      guard let id = try? properties.idOfAPI?.text(), id == APIDefinition.id(api) else { continue }
      let reference = try stack.read(orWarn: Self.absence(of: resource)) {
        try stack.text(ofReference: resource.logicalID, at: resource.node)
      }
      if let reference { parts.append(Part(resource: resource, properties: properties, id: reference)) }
    }
    self.parts = parts
  }

  /// The parts of a type.
  func parts(_ type: String) -> [Part] { parts.filter { $0.resource.type == type } }

  /// The value, by its id, that a property of a part refers to. Nil, with a warning, if the id comes from outside the
  /// template.
  func target<Value>(_ key: String, of part: Part, in values: [String: Value], _ kind: String) throws -> Value? {
    guard part.properties.node[key] != nil else {
      throw part.properties.error("has no \(key); write that of \(kind)")
    }
    do {
      guard let id = try part.properties[key]?.text() else { return nil }
      if let value = values[id] { return value }
      part.properties.warn("is ignored, because its \(key) \(id.quoted) is not \(kind) of \(api) in this template")
    } catch let error as TemplateFileError {
      part.properties.warn("is ignored, because its \(key) can't be found in this template: \(error.reason)")
    }
    return nil
  }

  /// What follows if a part needs what isn't known here.
  static func absence(of resource: Stack.Resource) -> String { "Resources.\(resource.logicalID) is left out" }

  /// The types that are read with their API.
  static let types: Set = [
    "AWS::ApiGateway::Deployment", "AWS::ApiGateway::GatewayResponse", "AWS::ApiGateway::Method",
    "AWS::ApiGateway::Model", "AWS::ApiGateway::RequestValidator", "AWS::ApiGateway::Resource",
    "AWS::ApiGateway::Stage", "AWS::ApiGatewayV2::Integration", "AWS::ApiGatewayV2::Route",
    "AWS::ApiGatewayV2::Stage",
  ]

  /// The types of the APIs that have parts.
  static let owners: Set = [
    "AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "AWS::Serverless::Api", "AWS::Serverless::HttpApi",
  ]

  /// The id of a REST API's root resource, to which the paths' first segments belong.
  static func rootID(of api: String) -> String { StableID.of(api + "/", length: 10) }
}

extension TemplateValue {
  /// The id of the API that a part belongs to.
  var idOfAPI: TemplateValue? {
    get throws { try first(of: "RestApiId", "ApiId") }
  }
}
