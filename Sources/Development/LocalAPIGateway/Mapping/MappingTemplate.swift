internal import SAMTemplate
internal import VelocityTemplate

/// A mapping template: Velocity with `$input`, `$util`, `$context` and `$stageVariables`.
struct MappingTemplate: Sendable {
  /// The parsed template.
  let template: Template

  /// Parses a template.
  init(_ source: String) throws(TemplateError) {
    template = try Template(source)
  }

  /// The mapping template's output for a body.
  func evaluate(
    body: String, parameters: MethodParameters, context: TemplateContext
  ) throws(TemplateError) -> String {
    let stageVariables = VelocityMap()
    for (name, value) in context.context.api.stageVariables.sorted(by: { $0.key < $1.key }) {
      stageVariables[name] = .string(value)
    }
    return try template.evaluate(
      [
        "input": .object(TemplateInput(body: body, parameters: parameters)), "util": .object(TemplateUtilities()),
        "context": .map(context.map), "stageVariables": .map(stageVariables),
      ], dialect: .apiGateway)
  }
}
