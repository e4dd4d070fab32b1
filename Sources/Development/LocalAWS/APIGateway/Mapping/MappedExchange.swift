internal import Foundation
internal import VelocityTemplate

/// One request on its way through an `aws` or `mock` integration, and back.
struct MappedExchange {
  let integration: MappedIntegration
  let routed: RoutedRequest
  let parameters: MethodParameters
  let context: TemplateContext

  init(_ integration: MappedIntegration, _ routed: RoutedRequest, traceID: TraceID) {
    self.integration = integration
    self.routed = routed
    parameters = MethodParameters(routed, traceID: traceID)
    context = TemplateContext(routed: routed)
  }

  /// A template's output for a body; `name` is for the log.
  func evaluate(_ template: MappingTemplate, _ name: String, body: [UInt8]) throws(GatewayFailure) -> [UInt8] {
    guard let text = String(validating: body, as: UTF8.self) else {
      throw .configuration("\(name) gets a body that isn't text: set contentHandling to CONVERT_TO_TEXT")
    }
    do throws(TemplateError) {
      return Array(try template.evaluate(body: text, parameters: parameters, context: context).utf8)
    } catch {
      throw .configuration("\(name), \(error)")
    }
  }
}

extension MappedExchange {
  /// A message whose headers and body parameters are mapped from.
  struct Message {
    let headers: (String) -> [String]
    let body: [UInt8]
    /// What it means when the body isn't JSON and a parameter comes from inside it.
    let notJSON: GatewayFailure
  }

  /// The values of a source, none where there is no such thing.
  func values(of source: ParameterSource, in message: Message) throws(GatewayFailure) -> [String] {
    switch source {
    case .literal(let text): return [text]
    case .path(let name): return parameters.path(name).map { [$0] } ?? []
    case .query(let name): return parameters.query(name).suffix(1)
    case .queryValues(let name): return parameters.query(name)
    case .header(let name): return message.headers(name).suffix(1)
    case .headerValues(let name): return message.headers(name)
    case .context(let names): return context.text(names).map { [$0] } ?? []
    case .stageVariable(let name): return routed.api.stageVariables[name].map { [$0] } ?? []
    case .body(nil): return [String(decoding: message.body, as: UTF8.self)]
    case .body(let path?):
      if message.body.isEmpty { return [] }
      guard let document = try? JSON(parsing: message.body) else { throw message.notJSON }
      switch Result(catching: { () throws(JSONPathError) in try path.value(in: document) }) {
      case .success(nil), .success(.null): return []
      case .success(.string(let text)): return [text]
      case .success(let value?): return [value.description]
      case .failure(let error): throw .configuration("a parameter's JSONPath \(error.reason)")
      }
    }
  }

  /// The entries that templates have put in a part of an override, such as `$context.requestOverride.header`.
  func overrides(_ part: String, of override: VelocityMap) throws(GatewayFailure) -> [(name: String, values: [String])]
  {
    guard case .map(let map)? = override[part] else { return [] }
    do throws(MethodError) {
      var overrides: [(name: String, values: [String])] = []
      for entry in map.entries {
        overrides.append((try entry.key.text(within: Self.limit), try Self.texts(entry.value)))
      }
      return overrides
    } catch {
      throw .configuration("an override's value \(error.reason)")
    }
  }

  private static let limit = TemplateLimits().length

  private static func texts(_ value: VelocityValue) throws(MethodError) -> [String] {
    switch value {
    case .null: return []
    case .list(let list):
      var texts: [String] = []
      for element in list.elements where !element.isNull { texts.append(try element.text(within: limit)) }
      return texts
    default: return [try value.text(within: limit)]
    }
  }
}
