/// A template in the Velocity Template Language, as Apache Velocity 1.7 reads it with its default settings.
///
/// Of the directives it knows `#set`, `#if`, `#foreach`, `#break` and `#stop`, which API Gateway's mapping templates
/// use; `#macro`, `#parse`, `#include`, `#evaluate`, `#define` and `#literal` are errors. So are a method that doesn't
/// exist, whose reference Velocity prints as written, and a whole number of more than 64 bits. Java's classes are not
/// to be had: `$x.class` has no value. A loop runs over the elements its list had when it began, where Java refuses to go
/// on; in a loop's run over a null, `#set` does change the loop's variable.
package struct Template: Sendable {
  /// Blocks, parentheses, lists and strings may be nested as deep as this.
  package static let maximumDepth = 40

  let statements: [Statement]

  /// Parses a template once, for any number of evaluations.
  package init(_ source: String) throws(TemplateError) {
    var parser = Parser(source)
    statements = try parser.template()
  }

  /// The template's output.
  ///
  /// Variables are found by their name without `$`. The template may change the lists and maps among them.
  package func evaluate(
    _ variables: [String: VelocityValue] = [:], limits: TemplateLimits = TemplateLimits(),
    nulls: NullHandling = .literal
  ) throws(TemplateError) -> String {
    var evaluator = Evaluator(variables: variables, limits: limits, nulls: nulls)
    _ = try evaluator.run(statements)
    return evaluator.output
  }
}
