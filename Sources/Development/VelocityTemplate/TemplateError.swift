/// Why a template can't be parsed or evaluated, and where.
public struct TemplateError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where in the template.
  public let position: TemplatePosition
  /// What is wrong, and what to do about it.
  public let reason: String

  /// One line: line and column, what is wrong, what to do.
  public var description: String { "\(position): \(reason)" }
}

/// A place in a template.
public struct TemplatePosition: Hashable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  public let line: Int
  /// The column, in Unicode scalars from 1.
  public let column: Int

  /// As in `line 3, column 14`.
  public var description: String { "line \(line), column \(column)" }
}
