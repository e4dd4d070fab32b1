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
    if let text = try escapedQuiet() {
      return .text(String(repeating: "\\", count: backslashes / 2 * 2) + prefix + text)
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

  /// `$\!x`, which prints `$!x`.
  private mutating func escapedQuiet() throws(TemplateError) -> String? {
    let start = index
    index += 1
    let count = text { $0 == "\\" }.unicodeScalars.count
    guard count > 0, peek() == "!", peek(1)?.isLetter == true || peek(1) == "_" else {
      index = start
      return nil
    }
    index += 1
    let name = identifier() ?? ""
    _ = try accessors()
    return "$" + String(repeating: "\\", count: count - 1) + "!" + name
  }

  /// Parses `$x`, `${x}`, `$!x` or `$!{x}` with its accessors. Reads nothing and returns nil if no name follows the
  /// `$`.
  mutating func reference() throws(TemplateError) -> Reference? {
    let start = index
    index += 1
    let isQuiet = take("!")
    let isFormal = take("{")
    guard let name = identifier() else {
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

  private mutating func identifier() -> String? {
    guard let first = peek(), first.isLetter || first == "_" else { return nil }
    return text { $0.isLetter || $0.isNumeral || $0 == "_" || $0 == "-" }
  }

  /// Parses properties, methods and indexes.
  private mutating func accessors() throws(TemplateError) -> [Accessor] {
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

  /// Whether a method's arguments begin at a distance. In `$user.name(admin)`, the parenthesis is text.
  private func beginsArguments(_ distance: Int) -> Bool {
    guard let scalar = peek(distance) else { return true }
    if follows("true", at: distance) || follows("false", at: distance) { return true }
    return " \t\r\n\"'$[{)-.".unicodeScalars.contains(scalar) || scalar.isNumeral
  }

  private mutating func arguments(of method: String) throws(TemplateError) -> [Expression] {
    index += 1
    if take(")") { return [] }
    var arguments: [Expression] = []
    repeat {
      skipSpace()
      arguments.append(try nested { parser throws(TemplateError) in try parser.operand() })
      skipSpace()
    } while take(",")
    guard take(")") else {
      throw error(
        "the arguments of \(method) are not closed, \(found); add ), and move any calculation into a #set before it")
    }
    return arguments
  }
}
