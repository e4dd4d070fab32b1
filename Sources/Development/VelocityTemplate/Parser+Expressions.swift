extension Parser {
  /// Parses an expression by precedence climbing.
  mutating func expression(above precedence: Int = 0) throws(TemplateError) -> Expression {
    skipSpace()
    let start = index
    var left = try unary()
    var operations = 0
    while true {
      let end = index
      skipSpace()
      guard let (symbol, length) = nextOperator(), symbol.precedence > precedence else {
        index = end
        return left
      }
      operations += 1
      guard operations <= 200 else {
        throw error("more than 200 operators in a row; #set a variable to a part of them first")
      }
      index += length
      let rightStart = index
      let right = try expression(above: symbol.precedence)
      skipSpace()
      // In Velocity, the literal of an operation begins after the operator.
      left = Expression(
        kind: .binary(symbol, left, right), position: position(of: start), literal: slice(rightStart..<index))
    }
  }

  private func nextOperator() -> (Operator, length: Int)? {
    // As in Velocity, a minus directly before a digit belongs to the number: 5 -1 is two numbers.
    if peek() == "-", peek(1)?.isNumeral == true || (peek(1) == "." && peek(2)?.isNumeral == true) { return nil }
    for (symbol, meaning) in Operator.symbols where follows(symbol) { return (meaning, symbol.utf8.count) }
    var parser = self
    let word = parser.word()
    return Operator.words[word].map { ($0, word.utf8.count) }
  }

  private mutating func word() -> String {
    text { $0.isLetter || $0.isNumeral || $0 == "_" || $0 == "@" }
  }

  private mutating func unary() throws(TemplateError) -> Expression {
    skipSpace()
    let start = index
    var lookahead = self
    if peek() == "!" ? take("!") : lookahead.word() == "not" && take("not") {
      let operand = try nested { parser throws(TemplateError) in try parser.unary() }
      return Expression(kind: .not(operand), position: position(of: start), literal: slice(start..<index))
    }
    guard take("(") else { return try operand() }
    let inner = try nested { parser throws(TemplateError) in try parser.expression() }
    skipSpace()
    guard take(")") else { throw error("( is not closed, \(found); add )") }
    return Expression(kind: .group(inner), position: position(of: start), literal: slice(start..<index))
  }

  /// Parses a value without operators: an argument, an element or an operand.
  mutating func operand() throws(TemplateError) -> Expression {
    let start = index
    let kind = try operandKind()
    return Expression(kind: kind, position: position(of: start), literal: slice(start..<index))
  }

  private mutating func operandKind() throws(TemplateError) -> Expression.Kind {
    switch peek() {
    case "$":
      if let reference = try reference() { return .reference(reference) }
    case "\"", "'": return try string()
    case "[": return try nested { parser throws(TemplateError) in try parser.list() }
    case "{": return try nested { parser throws(TemplateError) in try parser.map() }
    case let scalar? where scalar.isNumeral || scalar == "-" || scalar == ".":
      if let number = try number() { return .value(number) }
    default:
      var parser = self
      let word = parser.word()
      if word == "true" || word == "false" {
        index = parser.index
        return .value(.boolean(word == "true"))
      }
    }
    throw error("expected a value, \(found); use a reference, a number, a \"string\", [a list] or {\"a\": \"map\"}")
  }

  private mutating func number() throws(TemplateError) -> Constant? {
    let start = index
    _ = take("-")
    let digits = text { $0.isNumeral }
    var isDouble = false
    if peek() == ".", peek(1) != ".", !digits.isEmpty || peek(1)?.isNumeral == true {
      index += 1
      text { $0.isNumeral }
      isDouble = true
    } else if digits.isEmpty {
      index = start
      return nil
    }
    var exponent = self
    if exponent.take("e") || exponent.take("E") {
      if !exponent.take("+") { _ = exponent.take("-") }
      if !exponent.text(while: { $0.isNumeral }).isEmpty {
        index = exponent.index
        isDouble = true
      }
    }
    let written = slice(start..<index)
    if !isDouble {
      guard let integer = Int(written) else {
        throw error("\(written) doesn't fit in 64 bits; use a smaller number", at: start)
      }
      return .integer(integer)
    }
    // Swift doesn't parse a number that begins or ends with a decimal point.
    let mantissa = written.replacing("-.", with: "-0.").replacing(".e", with: ".0e").replacing(".E", with: ".0E")
    let whole = (mantissa.hasPrefix(".") ? "0" : "") + mantissa + (mantissa.hasSuffix(".") ? "0" : "")
    guard let double = Double(whole) else { throw error("\(written) is not a valid number; fix it", at: start) }
    return .double(double)
  }

  /// `[1, 2]` or `[1..2]`.
  private mutating func list() throws(TemplateError) -> Expression.Kind {
    index += 1
    if take("]") { return .list([]) }
    var elements: [Expression] = []
    repeat {
      skipSpace()
      elements.append(try operand())
      skipSpace()
      if elements.count == 1, take("..") {
        skipSpace()
        let last = try operand()
        skipSpace()
        guard take("]") else { throw error("the range is not closed, \(found); add ]") }
        for bound in [elements[0], last] {
          switch bound.kind {
          case .reference, .value(.integer): continue
          default:
            throw TemplateError(position: bound.position, reason: "a range needs integers; use one such as [1..3]")
          }
        }
        return .range(elements[0], last)
      }
    } while take(",")
    guard take("]") else { throw error("the list is not closed, \(found); add ] or a comma") }
    return .list(elements)
  }

  /// `{"a": 1}`.
  private mutating func map() throws(TemplateError) -> Expression.Kind {
    index += 1
    skipSpace()
    if take("}") { return .map([]) }
    var members: [(key: Expression, value: Expression)] = []
    repeat {
      skipSpace()
      let key = try operand()
      skipSpace()
      guard take(":") else { throw error("the map's key has no value, \(found); add : and a value") }
      skipSpace()
      members.append((key, try operand()))
      skipSpace()
    } while take(",")
    guard take("}") else { throw error("the map is not closed, \(found); add } or a comma") }
    return .map(members)
  }
}
