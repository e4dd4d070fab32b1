internal import LocalLambda
internal import SAMTemplate
internal import VelocityTemplate

/// A request's way through an `aws` or `mock` integration and back.
struct MappedExchange {
  let integration: MappedIntegration
  let routed: RoutedRequest
  let values: ParameterValues

  init(_ integration: MappedIntegration, _ routed: RoutedRequest, traceID: TraceID) {
    self.integration = integration
    self.routed = routed
    values = ParameterValues(routed.context, pathParameters: routed.pathParameters, traceID: traceID)
  }

  /// A mapping template's output for a body; `name` is for the log.
  func evaluate(_ template: MappingTemplate, _ name: String, body: [UInt8]) throws(GatewayFailure) -> [UInt8] {
    guard let text = String(validating: body, as: UTF8.self) else {
      throw .configuration("\(name) gets a body that isn't text; set contentHandling to CONVERT_TO_TEXT")
    }
    do throws(TemplateError) {
      let output = try template.evaluate(body: text, parameters: values.parameters, context: values.context)
      return Array(output.utf8)
    } catch {
      throw .configuration("\(name), \(error)")
    }
  }

  /// The entries that mapping templates have put into part of an override, such as `$context.requestOverride.header`.
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
