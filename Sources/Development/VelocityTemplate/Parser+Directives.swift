/// The directives of Velocity 1.7.
enum DirectiveName {
  static let unsupported: Set<String> = ["macro", "parse", "include", "evaluate", "literal"]
  static let all = unsupported.union(["set", "if", "elseif", "else", "end", "foreach", "define", "break", "stop"])
}

extension Parser {
  /// What a `#` begins.
  enum Directive {
    case statement(Statement)
    case nothing
    case end(BlockEnd)
  }

  /// Whether `#set(` comes next, after optional white space.
  var isSet: Bool {
    var distance = 0
    while peek(distance) == " " || peek(distance) == "\t" { distance += 1 }
    guard follows("#set", at: distance) || follows("#{set}", at: distance) else { return false }
    distance += peek(distance + 1) == "{" ? 6 : 4
    while peek(distance) == " " { distance += 1 }
    return peek(distance) == "("
  }

  /// `#set($x = value)`.
  mutating func setDirective() throws(TemplateError) -> Statement {
    text { $0 != "(" }
    index += 1
    skipSpace()
    guard peek() == "$", let reference = try reference() else {
      throw error("#set needs a reference, \(found); use #set($name = value)")
    }
    skipSpace()
    guard peek() == "=", peek(1) != "=" else {
      throw error("#set needs = after $\(reference.name), \(found); use #set($\(reference.name) = value)")
    }
    index += 1
    let value = try expression()
    try close("#set")
    return .set(reference, value)
  }

  /// A comment, a block of text, a directive, or text that looks like one.
  mutating func directive() throws(TemplateError) -> Directive {
    let start = index
    if take("##") {
      text { $0 != "\n" && $0 != "\r" }
      if peek() == nil, source[index - 1] == "$" || (source[index - 1] == "#" && index > start + 2) {
        throw error(
          "a comment ends with \(source[index - 1]) at the end of the template; add a line break after it", at: start)
      }
      if !take("\r\n"), !take("\n") { _ = take("\r") }
      return .nothing
    }
    if take("#[[") {
      while peek() != nil, !follows("]]#") { index += 1 }
      guard take("]]#") else { throw error("#[[ is not closed; add ]]#", at: start) }
      return .statement(.text(slice(start + 3..<index - 3)))
    }
    if take("#*") {
      // An unclosed comment runs to the end, as in Velocity.
      while peek() != nil, !follows("*#") { index += 1 }
      _ = take("*#")
      return .nothing
    }
    guard let name = directiveName() else {
      index += 1
      guard index < source.count else {
        throw error("the template ends with a lone #; add a line break after it", at: start)
      }
      // As for a lone $, the # is part of the next token, and #set swallows it.
      return isSet ? .nothing : .statement(.text("#"))
    }
    switch name {
    case "end", "else":
      skipLineEnd()
      return .end(BlockEnd(name: name == "end" ? .end : .else, start: start))
    case "elseif": return .end(BlockEnd(name: .elseif, start: start))
    case "if": return .statement(try conditional(from: start))
    case "foreach": return .statement(try loop(from: start))
    case "define": return .statement(try definition(from: start))
    case "break": return .statement(.leave(try argument(of: "#break")))
    case "stop":
      _ = try argument(of: "#stop")
      return .statement(.stop)
    case let name where DirectiveName.unsupported.contains(name) || name.hasPrefix("@"):
      throw error("#\(name) is not supported; use #set, #if and #foreach instead", at: start)
    default: return .statement(.text(try unknownDirective(from: start)))
    }
  }

  /// Reads `#name` or `#{name}`.
  mutating func directiveName() -> String? {
    let isFormal = peek(1) == "{"
    let first = index + (isFormal ? 2 : 1)
    var end = first
    while end < source.count, source[end].isLetter || source[end] == "_" || source[end] == "@" || source[end].isNumeral
    {
      end += 1
    }
    guard end > first, !source[first].isNumeral, !(isFormal && (end >= source.count || source[end] != "}")) else {
      return nil
    }
    index = isFormal ? end + 1 : end
    return slice(first..<end)
  }

  /// Reads the `)` of a directive, and the line break if it follows.
  mutating func close(_ name: String) throws(TemplateError) {
    skipSpace()
    guard take(")") else { throw error("\(name) is not closed, \(found); add ) before it") }
    skipLineEnd()
  }

  /// Whether `(` comes next, after optional white space.
  private var isParenthesis: Bool {
    var parser = self
    parser.skipSpace()
    return parser.peek() == "("
  }

  private mutating func argument(of name: String) throws(TemplateError) -> Expression? {
    guard isParenthesis else { return nil }
    skipSpace()
    index += 1
    skipSpace()
    let argument = peek() == ")" ? nil : try operand()
    try close(name)
    return argument
  }

  /// Reads an unknown directive, which is text, including its arguments.
  mutating func unknownDirective(from start: Int) throws(TemplateError) -> String {
    guard isParenthesis else { return slice(start..<index) }
    skipSpace()
    index += 1
    skipSpace()
    while peek() != ")" {
      if peek().map({ $0.isLetter || $0 == "_" }) == true {
        text { $0.isLetter || $0.isNumeral || $0 == "_" || $0 == "@" }
      } else {
        _ = try operand()
      }
      skipSpace()
      if take(",") { skipSpace() }
    }
    try close(slice(start..<index))
    return slice(start..<index)
  }
}
