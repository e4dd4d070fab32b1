extension Parser {
  /// Parses a reference and the characters that escape it, or text that only looks like one. Nil if no `$` comes next.
  mutating func referenceStatement() throws(TemplateError) -> Statement? {
    let start = index
    text { $0 == "\\" }
    guard peek() == "$" else {
      index = start
      return nil
    }
    let backslashes = index - start
    let prefixStart = index
    while peek(1) == "$" { index += 1 }
    let prefix = slice(prefixStart..<index)
    if let reference = try escapedQuiet(from: start) {
      return .reference(reference, escape: ReferenceEscape(backslashes: "", isEscaped: false, prefix: ""))
    }
    guard let reference = try reference() else {
      let written = String(repeating: "\\", count: backslashes) + prefix + "$"
      let start = index
      index += 1
      guard index < source.count, peek() != "!" || index + 1 < source.count else {
        throw error("the template ends with a lone $; add a line break after it", at: start)
      }
      return .text(try textAfterDollar(written))
    }
    let escape = ReferenceEscape(
      backslashes: String(repeating: "\\", count: backslashes / 2), isEscaped: backslashes % 2 == 1, prefix: prefix)
    return .reference(reference, escape: escape)
  }

  /// The text of a `$` that doesn't begin a reference. In Velocity, it's part of the next token, and some tokens
  /// swallow it.
  private mutating func textAfterDollar(_ written: String) throws(TemplateError) -> String {
    let start = index
    if isSet { return "" }
    if peek() == "#", !follows("#[["), !follows("#*"), let name = directiveName() {
      if ["if", "elseif", "else", "end"].contains(name) {
        index = start
        return ""
      }
      return written + (try unknownDirective(from: start))
    }
    if take("{") { return written + "{" + (take("}") ? "}" : "") }
    guard take("!") else { return written }
    // The ! of a $! that isn't a reference is swallowed too.
    if peek() == "[" { return written + "!" }
    if take("{") { return written + "!{" + (take("}") ? "}" : "") }
    return isSet ? "" : written
  }

  /// `$\!x`, a reference that never has a value and is printed as `$!x`, with the characters before it.
  private mutating func escapedQuiet(from literalStart: Int) throws(TemplateError) -> Reference? {
    let start = index
    index += 1
    let count = text { $0 == "\\" }.unicodeScalars.count
    guard count > 0, peek() == "!", peek(1)?.isLetter == true || peek(1) == "_" else {
      index = start
      return nil
    }
    index += 1
    let name = String(repeating: "\\", count: count - 1) + "!" + (identifier() ?? "")
    _ = try accessors()
    return Reference(
      position: position(of: start), name: name, accessors: [], isQuiet: false, isFormal: false,
      literal: slice(literalStart..<start + 1) + name)
  }

  /// Parses `$x`, `${x}`, `$!x` or `$!{x}` with its accessors. Reads nothing and returns nil if no name follows the
  /// `$`.
  mutating func reference() throws(TemplateError) -> Reference? {
    let start = index
    index += 1
    let isQuiet = take("!")
    let isFormal = take("{")
    // Velocity takes a second $ for a part of the name, so that ${$x} never has a value.
    let sign = isFormal ? signs() : ""
    guard let name = identifier().map({ sign + $0 }) else {
      index = start
      return nil
    }
    if name == "true" || name == "false" {
      throw error("$\(name) is not a reference; write \(name) without $, or use another name", at: start)
    }
    let accessors = try accessors()
    if isFormal, !take("}") {
      throw error("${\(name) is not closed, \(found); add }")
    }
    return Reference(
      position: position(of: start), name: name, accessors: accessors, isQuiet: isQuiet, isFormal: isFormal,
      literal: slice(start..<index))
  }

  /// Reads `$`, `$$` or `$!`.
  mutating func signs() -> String {
    let dollars = text { $0 == "$" }
    return dollars + (!dollars.isEmpty && take("!") ? "!" : "")
  }

  mutating func identifier() -> String? {
    guard let first = peek(), first.isLetter || first == "_" else { return nil }
    return text { $0.isLetter || $0.isNumeral || $0 == "_" || $0 == "-" }
  }

  /// Parses properties, methods and indexes.
  mutating func accessors() throws(TemplateError) -> [Accessor] {
    var accessors: [Accessor] = []
    while true {
      let start = index
      if take("[") {
        skipSpace()
        let argument = try nested { parser throws(TemplateError) in try parser.operand() }
        skipSpace()
        guard take("]") else { throw error("the index after a reference is not closed, \(found); add ]") }
        accessors.append(Accessor(kind: .index(argument), position: position(of: start)))
      } else if peek() == ".", peek(1)?.isLetter == true {
        index += 1
        let name = identifier() ?? ""
        if name == "true" || name == "false" {
          throw error("\(name) is not a valid property name; use [\"\(name)\"] instead", at: start + 1)
        }
        let isMethod = peek() == "(" && beginsArguments(1)
        let kind = isMethod ? Accessor.Kind.method(name, try arguments(of: name)) : .property(name)
        accessors.append(Accessor(kind: kind, position: position(of: start + 1)))
      } else {
        return accessors
      }
    }
  }

  /// Whether a method's arguments begin at a distance. In `$user.name(#1)`, the parenthesis is text.
  private func beginsArguments(_ distance: Int) -> Bool { peek(distance).map { $0 != "#" } ?? false }

  private mutating func arguments(of method: String) throws(TemplateError) -> [Expression] {
    index += 1
    if take(")") { return [] }
    var arguments: [Expression] = []
    repeat {
      skipSpace()
      arguments.append(try nested { parser throws(TemplateError) in try parser.argument() })
      skipSpace()
    } while take(",")
    guard take(")") else {
      throw error(
        "the arguments of \(method) are not closed, \(found); add ), and move any calculation into a #set before it")
    }
    return arguments
  }

  /// Parses a method's argument. A bare word, such as `null`, is null.
  private mutating func argument() throws(TemplateError) -> Expression {
    let start = index
    guard let word = identifier(), word != "true", word != "false" else {
      index = start
      return try operand()
    }
    return Expression(kind: .null, position: position(of: start), literal: slice(start..<index))
  }
}
