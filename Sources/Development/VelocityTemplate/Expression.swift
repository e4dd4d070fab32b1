/// A part of a directive or an argument that has a value.
struct Expression: Sendable {
  indirect enum Kind: Sendable {
    case reference(Reference)
    /// A bare word as a method's argument.
    case null
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
  /// The expression's source text, which `+` uses for a null next to a string.
  let literal: String
}

/// A literal value.
enum Constant: Sendable {
  case boolean(Bool)
  case integer(Int)
  case double(Double)
  case string(String)
}

/// A reference, without the characters that escape it.
struct Reference: Sendable {
  let position: TemplatePosition
  let name: String
  let accessors: [Accessor]
  let isQuiet: Bool
  let isFormal: Bool
  let literal: String
}

/// A step from one value to another.
struct Accessor: Sendable {
  enum Kind: Sendable {
    case property(String)
    case method(String, [Expression])
    case index(Expression)
  }

  let kind: Kind
  let position: TemplatePosition
}

/// A binary operator.
enum Operator: Sendable {
  case or, and, equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, add, subtract, multiply, divide, modulo

  /// Operators with a greater precedence bind more tightly.
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

  /// The symbols of the operators. Where one is a prefix of another, the longer one comes first.
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
