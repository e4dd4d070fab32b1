/// Why a template can't be parsed or evaluated, and where.
package struct TemplateError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where in the template.
  package let position: TemplatePosition
  /// What is wrong, and what to do about it.
  package let reason: String

  /// One line: line and column, what is wrong, what to do.
  package var description: String { "\(position): \(reason)" }
}

/// A place in a template.
package struct TemplatePosition: Hashable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  package let line: Int
  /// The column, in Unicode scalars from 1.
  package let column: Int

  /// As in `line 3, column 14`.
  package var description: String { "line \(line), column \(column)" }
}
