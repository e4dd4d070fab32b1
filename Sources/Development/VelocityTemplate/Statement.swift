/// A part of a template that is evaluated for its output or its effect.
indirect enum Statement: Sendable {
  case text(String)
  case reference(Reference, escape: ReferenceEscape)
  case set(Reference, Expression)
  case conditional([Branch], otherwise: [Statement])
  case loop(Loop)
  /// `#define`: the block that is the variable's value.
  case define(String, [Statement])
  /// `#break`, which ends the innermost loop, or the one whose `$foreach` is named.
  case leave(Expression?)
  case stop
}

/// The condition and block of an `#if` or `#elseif`.
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

/// The characters directly before a reference.
struct ReferenceEscape: Sendable {
  /// Half of the backslashes: a pair stands for one.
  let backslashes: String
  /// Whether the number of backslashes is odd, so that the reference is printed instead of its value.
  let isEscaped: Bool
  /// Other characters, such as the first `$` of `$$x`.
  let prefix: String
}
