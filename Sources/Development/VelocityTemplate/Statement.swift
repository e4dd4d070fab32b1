/// A part of a template that is evaluated for its output or its effect.
indirect enum Statement: Sendable {
  case text(String)
  case reference(Reference, escape: ReferenceEscape)
  case set(Reference, Expression)
  case conditional([Branch], otherwise: [Statement])
  case loop(Loop)
  /// `#break`, which ends the innermost loop, or the one whose `$foreach` is named.
  case leave(Expression?)
  case stop
}

/// A condition of `#if` or `#elseif`, and its block.
struct Branch: Sendable {
  let condition: Expression
  let block: [Statement]
}

/// A `#foreach`.
struct Loop: Sendable {
  let position: TemplatePosition
  let variable: String
  let elements: Expression
  let block: [Statement]
}

/// What stands before a reference and touches it.
struct ReferenceEscape: Sendable {
  /// Half of the backslashes: a pair stands for one.
  let backslashes: String
  /// Whether a backslash is left over, so that the reference is printed and not its value.
  let isEscaped: Bool
  /// Other characters: the first `$` of `$$x`.
  let prefix: String
}
