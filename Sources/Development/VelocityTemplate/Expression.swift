/// A part of a directive or an argument that has a value.
struct Expression: Sendable {
  indirect enum Kind: Sendable {
    case reference(Reference)
    case value(Constant)
    case interpolation([Statement], padded: Bool)
    case list([Expression])
    case map([(key: Expression, value: Expression)])
    case range(Expression, Expression)
    case not(Expression)
    case binary(Operator, Expression, Expression)
    case group(Expression)
  }

  let kind: Kind
  let position: TemplatePosition
  /// The expression as written: what `+` puts for a null beside a string.
  let literal: String
}

/// A value that a template can write down.
enum Constant: Sendable {
  case boolean(Bool)
  case integer(Int)
  case double(Double)
  case string(String)
}

/// A reference as written, without what escapes it.
struct Reference: Sendable {
  let position: TemplatePosition
  let name: String
  let accessors: [Accessor]
  let isQuiet: Bool
  let isFormal: Bool
  let literal: String
}

/// A step from a value to another.
struct Accessor: Sendable {
  enum Kind: Sendable {
    case property(String)
    case method(String, [Expression])
    case index(Expression)
  }

  let kind: Kind
  let position: TemplatePosition
}

/// An operator with two operands.
enum Operator: Sendable {
  case or, and, equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, add, subtract, multiply, divide, modulo

  /// The greater binds the tighter.
  var precedence: Int {
    switch self {
    case .or: 1
    case .and: 2
    case .equal, .notEqual: 3
    case .less, .lessOrEqual, .greater, .greaterOrEqual: 4
    case .add, .subtract: 5
    case .multiply, .divide, .modulo: 6
    }
  }

  /// How each is written. Of two that begin alike the longer stands first.
  static let symbols: [(String, Operator)] = [
    ("||", .or), ("&&", .and), ("==", .equal), ("!=", .notEqual), ("<=", .lessOrEqual), ("<", .less),
    (">=", .greaterOrEqual), (">", .greater), ("+", .add), ("-", .subtract), ("*", .multiply), ("/", .divide),
    ("%", .modulo),
  ]

  /// The operators that are words.
  static let words: [String: Operator] = [
    "or": .or, "and": .and, "eq": .equal, "ne": .notEqual, "lt": .less, "le": .lessOrEqual, "gt": .greater,
    "ge": .greaterOrEqual,
  ]
}
