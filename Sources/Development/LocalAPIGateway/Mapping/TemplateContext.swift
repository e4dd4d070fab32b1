internal import JSONTree
internal import VelocityTemplate

/// `$context` in the mapping templates of one request, and `context.` in its parameter mappings.
///
/// Callers over HTTP aren't authenticated, so variables about their identity have no value. The maps in it print nothing,
/// as LocalStack recorded of API Gateway. See
/// [Variables for data transformations](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#context-variable-reference).
struct TemplateContext {
  /// The request's context.
  let context: RequestContext
  /// `$context.requestOverride`: the request template's changes to the integration's request. All mapping templates of
  /// a request share it, as in AWS.
  let requestOverride = VelocityMap(
    [
      "path": .map(VelocityMap(text: "")), "header": .map(VelocityMap(text: "")),
      "querystring": .map(VelocityMap(text: "")),
    ], text: "")
  /// `$context.responseOverride`: the status and headers for the client, which any mapping template may set.
  let responseOverride = VelocityMap(["header": .map(VelocityMap(text: ""))], text: "")

  init(_ context: RequestContext) { self.context = context }

  /// The variables, in AWS's order. Each mapping template gets a new map, but all share the overrides.
  var map: VelocityMap {
    let map = VelocityMap()
    for variable in context.restMembers {
      map[variable.name] = Self.value(of: variable.value)
      switch variable.name {
      case "protocol": map["requestOverride"] = .map(requestOverride)
      case "deploymentId": map["responseOverride"] = .map(responseOverride)
      default: break
      }
    }
    return map
  }

  private static func value(of json: JSON) -> VelocityValue {
    guard case .object(let members) = json else { return VelocityValue(json) }
    let map = VelocityMap(text: "")
    for member in members { map[member.name] = VelocityValue(member.value) }
    return .map(map)
  }

  /// The text or number of `context.a.b`; nil for anything else.
  func text(_ names: [String]) -> String? {
    var value = VelocityValue.map(map)
    for name in names {
      guard case .map(let map) = value else { return nil }
      value = map[name] ?? .null
    }
    switch value {
    case .string(let text): return text
    case .integer(let integer): return String(integer)
    default: return nil
    }
  }
}
