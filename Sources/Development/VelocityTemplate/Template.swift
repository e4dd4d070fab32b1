/// A mapping template in the Velocity Template Language, evaluated as by Apache Velocity 1.7 with its default settings.
///
/// The supported directives are those that API Gateway's mapping templates use: `#set`, `#if`, `#foreach`, `#define`,
/// `#break` and `#stop`. `#macro`, `#parse`, `#include`, `#evaluate` and `#literal` are errors. So are a method that
/// doesn't exist, whose reference has no value in Velocity, `$foreach.info`, and an integer of more than 64 bits. Java's
/// classes are not available: `$x.class` has no value. A loop runs over the elements that its list had at the beginning,
/// where Java would fail; while a loop's variable is null, `#set` does change it. A `#define` block inside a list or map
/// can't be printed.
package struct Template: Sendable {
  /// The maximum nesting depth of blocks, parentheses, lists and strings.
  package static let maximumDepth = 40

  let statements: [Statement]

  /// Parses a mapping template, for any number of evaluations.
  package init(_ source: String) throws(TemplateError) {
    var parser = Parser(source)
    statements = try parser.template()
  }

  /// Evaluates the template and returns its output.
  ///
  /// Variables are named without `$`. The template may change the lists and maps among them.
  package func evaluate(
    _ variables: [String: VelocityValue] = [:], limits: TemplateLimits = TemplateLimits(),
    dialect: TemplateDialect = .velocity
  ) throws(TemplateError) -> String {
    var evaluator = Evaluator(variables: variables, limits: limits, dialect: dialect)
    _ = try evaluator.run(statements)
    return evaluator.output
  }
}

/// Limits for the evaluation of a template, so that none can hang or exhaust memory. API Gateway doesn't document its
/// own.
package struct TemplateLimits: Hashable, Sendable {
  /// The maximum number of iterations of all `#foreach` loops, and uses of `#define` blocks, together.
  package var iterations: Int
  /// The maximum length of the output and of any intermediate string or list, in bytes or elements.
  package var length: Int
  /// The maximum number of bytes and elements read or created during evaluation.
  package var work: Int

  /// The defaults are 100,000 iterations, API Gateway's payload limit of 10 MB, and five times that as work.
  package init(iterations: Int = 100_000, length: Int = 10_485_760, work: Int = 52_428_800) {
    self.iterations = iterations
    self.length = length
    self.work = work
  }
}

/// Why and where a template can't be parsed or evaluated.
package struct TemplateError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where in the template.
  package let position: TemplatePosition
  /// What is wrong, and how to fix it.
  package let reason: String

  /// One line: position, fault and remedy.
  package var description: String { "\(position): \(reason)" }
}

/// A position in a template.
package struct TemplatePosition: Hashable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  package let line: Int
  /// The column, in Unicode scalars from 1.
  package let column: Int

  /// For example, `line 3, column 14`.
  package var description: String { "line \(line), column \(column)" }
}
