extension Parser {
  /// `#if(condition) … #elseif(condition) … #else … #end`.
  mutating func conditional(from start: Int) throws(TemplateError) -> Statement {
    var branches: [Branch] = []
    var condition: Expression? = try self.condition(of: "#if")
    while true {
      let (block, end) = try nested { parser throws(TemplateError) in try parser.block() }
      guard let end else { throw error("#if is not closed; add #end", at: start) }
      guard let current = condition else {
        guard end.name == .end else { throw error("#\(end.name) follows #else; add #end first", at: end.start) }
        return .conditional(branches, otherwise: block)
      }
      branches.append(Branch(condition: current, block: block))
      switch end.name {
      case .end: return .conditional(branches, otherwise: [])
      case .else: condition = nil
      case .elseif: condition = try self.condition(of: "#elseif")
      }
    }
  }

  private mutating func condition(of name: String) throws(TemplateError) -> Expression {
    skipSpace()
    guard take("(") else { throw error("\(name) needs a condition, \(found); use \(name)($x == 1)") }
    let condition = try expression()
    try close(name)
    return condition
  }

  /// `#foreach($x in $list) … #end`.
  mutating func loop(from start: Int) throws(TemplateError) -> Statement {
    let usage = "use #foreach($x in $list)"
    skipSpace()
    guard take("(") else { throw error("#foreach needs a variable and a list, \(found); \(usage)") }
    skipSpace()
    guard peek() == "$", let variable = try reference() else {
      throw error("#foreach needs a variable, \(found); \(usage)")
    }
    skipSpace()
    guard take("in"), peek().map({ !$0.isLetter && !$0.isNumeral && $0 != "_" && $0 != "@" }) ?? true else {
      throw error("#foreach needs \"in\" after $\(variable.name), \(found); \(usage)")
    }
    skipSpace()
    let elements = try operand()
    try close("#foreach")
    let block = try body(of: "#foreach", from: start)
    return .loop(Loop(position: position(of: start), variable: variable.name, elements: elements, block: block))
  }

  /// `#define($block) … #end`.
  mutating func definition(from start: Int) throws(TemplateError) -> Statement {
    skipSpace()
    guard take("(") else { throw error("#define needs a variable, \(found); use #define($block)") }
    skipSpace()
    guard peek() == "$", let reference = try reference() else {
      throw error("#define needs a variable, \(found); use #define($block)")
    }
    try close("#define")
    // Like #set, Velocity would include the ! or the { in the variable's name.
    let isReadable = !reference.isQuiet && !reference.isFormal
    return .define(isReadable ? reference.name : reference.literal, try body(of: "#define", from: start))
  }

  /// The statements up to the `#end` of a directive.
  private mutating func body(of name: String, from start: Int) throws(TemplateError) -> [Statement] {
    let (block, end) = try nested { parser throws(TemplateError) in try parser.block() }
    guard let end else { throw error("\(name) is not closed; add #end", at: start) }
    guard end.name == .end else {
      throw error("#\(end.name) doesn't belong to an #if; close \(name) with #end", at: end.start)
    }
    return block
  }
}
