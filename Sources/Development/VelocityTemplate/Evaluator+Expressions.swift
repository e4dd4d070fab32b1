extension Evaluator {
  mutating func value(of expression: Expression) throws(TemplateError) -> VelocityValue {
    switch expression.kind {
    case .reference(let reference): return try value(of: reference)
    case .null: return .null
    case .value(.boolean(let boolean)): return .boolean(boolean)
    case .value(.integer(let integer)): return .integer(integer)
    case .value(.double(let double)): return .double(double)
    case .value(.string(let string)): return .string(string)
    case .interpolation(let statements, let padded):
      var (text, _) = try interpolate(statements)
      if padded, !text.isEmpty { text.unicodeScalars.removeLast() }
      try spend(text.utf8.count, at: expression.position)
      return .string(text)
    case .list(let expressions):
      var elements: [VelocityValue] = []
      for element in expressions { elements.append(try value(of: element)) }
      return .list(elements)
    case .map(let members):
      let map = VelocityMap()
      for member in members {
        let key = try value(of: member.key)
        _ = map.put(key, try value(of: member.value))
      }
      return .map(map)
    case .range(let first, let last):
      guard case .integer(let first) = try value(of: first), case .integer(let last) = try value(of: last) else {
        return .null
      }
      let (distance, overflow) = max(first, last).subtractingReportingOverflow(min(first, last))
      try spend(overflow ? .max : distance, at: expression.position)
      return .list(stride(from: first, through: last, by: first <= last ? 1 : -1).map { .integer($0) })
    case .group(let inner): return try value(of: inner)
    case .not, .binary(.or, _, _), .binary(.and, _, _): return .boolean(try isTrue(expression))
    case .binary(let symbol, let left, let right):
      let leftValue = try value(of: left)
      let rightValue = try value(of: right)
      if symbol == .add, let text = try concatenation(leftValue, rightValue, expression) { return text }
      if let result = try arithmetic(symbol, leftValue, rightValue, at: expression.position) { return result }
      return .boolean(try comparison(symbol, leftValue, rightValue, at: expression.position))
    }
  }

  /// Whether `#if` considers it true. In Velocity, only references, `true`, comparisons and logic can be true: a
  /// literal number or string, a calculation, a list or a map is false.
  mutating func isTrue(_ expression: Expression) throws(TemplateError) -> Bool {
    switch expression.kind {
    case .reference(let reference):
      switch try value(of: reference) {
      case .null: return false
      case .boolean(let boolean): return boolean
      default: return true
      }
    case .value(.boolean(let boolean)): return boolean
    case .group(let inner): return try isTrue(inner)
    case .not(let operand): return try !isTrue(operand)
    case .binary(.or, let left, let right): return try isTrue(left) ? true : isTrue(right)
    case .binary(.and, let left, let right): return try isTrue(left) ? isTrue(right) : false
    case .binary(let symbol, _, _) where symbol.precedence >= Operator.add.precedence: return false
    case .binary(let symbol, let left, let right):
      let leftValue = try value(of: left)
      return try comparison(symbol, leftValue, try value(of: right), at: expression.position)
    case .null, .value, .interpolation, .list, .map, .range: return false
    }
  }

  /// Concatenates a string and any other value; nil without a string. A null counts as its source text.
  private mutating func concatenation(
    _ left: VelocityValue, _ right: VelocityValue, _ expression: Expression
  ) throws(TemplateError) -> VelocityValue? {
    switch (left, right) {
    case (.string, _), (_, .string): break
    default: return nil
    }
    guard case .binary(_, let leftExpression, let rightExpression) = expression.kind else { return nil }
    let position = expression.position
    let first = left.isNull ? leftExpression.literal : try text(of: left, at: position)
    let second = right.isNull ? rightExpression.literal : try text(of: right, at: position)
    try spend(first.utf8.count + second.utf8.count, at: position)
    return .string(first + second)
  }

  /// Nil if the operator isn't arithmetic. Null for operands that aren't numbers, and for a division by zero.
  private func arithmetic(
    _ symbol: Operator, _ left: VelocityValue, _ right: VelocityValue, at position: TemplatePosition
  ) throws(TemplateError) -> VelocityValue? {
    guard symbol.precedence >= Operator.add.precedence else { return nil }
    if case .integer(let left) = left, case .integer(let right) = right {
      let (result, overflow): (Int, Bool)
      switch symbol {
      case .subtract: (result, overflow) = left.subtractingReportingOverflow(right)
      case .multiply: (result, overflow) = left.multipliedReportingOverflow(by: right)
      case .divide where right == 0, .modulo where right == 0: return .null
      case .divide: (result, overflow) = left.dividedReportingOverflow(by: right)
      case .modulo: (result, overflow) = (right == -1 ? 0 : left % right, false)
      default: (result, overflow) = left.addingReportingOverflow(right)
      }
      guard !overflow else {
        throw TemplateError(position: position, reason: "the result doesn't fit in 64 bits; use smaller numbers")
      }
      return .integer(result)
    }
    guard let left = left.number, let right = right.number else { return .null }
    switch symbol {
    case .subtract: return .double(left - right)
    case .multiply: return .double(left * right)
    case .divide: return right == 0 ? .null : .double(left / right)
    case .modulo: return right == 0 ? .null : .double(left.truncatingRemainder(dividingBy: right))
    default: return .double(left + right)
    }
  }

  /// Compares two values. Only numbers have an order; for other values it's false.
  private mutating func comparison(
    _ symbol: Operator, _ left: VelocityValue, _ right: VelocityValue, at position: TemplatePosition
  ) throws(TemplateError) -> Bool {
    if symbol == .equal || symbol == .notEqual {
      let (left, right) = (try printed(left, at: position), try printed(right, at: position))
      do {
        return try left.isEqual(to: right, limit: limits.length) == (symbol == .equal)
      } catch {
        throw TemplateError(position: position, reason: "\(symbol == .equal ? "==" : "!=") \(error.reason)")
      }
    }
    if case .integer(let left) = left, case .integer(let right) = right { return symbol.holds(left, right) }
    guard let left = left.number, let right = right.number else { return false }
    return symbol.holds(left, right)
  }
}

extension VelocityValue {
  /// The value as a number, if it is one.
  var number: Double? {
    switch self {
    case .integer(let integer): Double(integer)
    case .double(let double): double
    default: nil
    }
  }
}

extension Operator {
  /// Whether two numbers are in this order.
  fileprivate func holds<Number: Comparable>(_ left: Number, _ right: Number) -> Bool {
    switch self {
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    default: false
    }
  }
}
