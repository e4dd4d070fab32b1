internal import VelocityTemplate

/// A mapping template: Velocity with `$input`, `$util`, `$context` and `$stageVariables`.
struct MappingTemplate: Sendable {
  /// The template, parsed.
  let template: Template

  /// Parses a template.
  init(_ source: String) throws(TemplateError) {
    template = try Template(source)
  }
}
