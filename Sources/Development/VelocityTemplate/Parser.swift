/// Reads a template's source into statements, by the grammar of Velocity 1.7 (`Parser.jjt`).
///
/// That grammar is one of tokens, of which the longest wins, and its rules of white space follow from it: white space
/// before `#set` is swallowed only where a token begins with it, that is after a reference, a directive or a comment.
struct Parser {
  let source: [Unicode.Scalar]
  /// The next character.
  var index = 0
  /// How deep the parser is in blocks, parentheses, lists and strings.
  var depth = 0
  /// Where the source starts, for a string that is parsed on its own.
  let origin: TemplatePosition
  /// Where the source's lines end.
  let lineEnds: [Int]

  init(_ source: String, at origin: TemplatePosition = TemplatePosition(line: 1, column: 1), depth: Int = 0) {
    self.source = Array(source.unicodeScalars)
    lineEnds = self.source.indices.filter { [scalars = self.source] in scalars[$0] == "\n" }
    self.origin = origin
    self.depth = depth
  }

  /// The whole template.
  mutating func template() throws(TemplateError) -> [Statement] {
    let (statements, end) = try block()
    guard let end else { return statements }
    throw error("#\(end.name) closes no #if or #foreach; remove it", at: end.start)
  }

  /// Statements up to the end, or to an `#end`, `#else` or `#elseif`, which is read too.
  mutating func block() throws(TemplateError) -> (statements: [Statement], end: BlockEnd?) {
    var statements: [Statement] = []
    while let scalar = peek() {
      if let reference = try referenceStatement() {
        statements.append(reference)
        // Where a property's name ends, ## begins no comment: Velocity has no such token there.
        if case .reference(let reference, _) = reference, !reference.isFormal, follows("##"),
          case .property = reference.accessors.last?.kind
        {
          statements.append(.text(text { $0 == "#" }))
        } else if case .reference(let reference, _) = reference, !reference.isFormal {
          // A brace there is a token of its own, and so is a word after a parenthesis or bracket: #set swallows the white
          // space after it.
          let isWord = !reference.accessors.isEmpty && peek().map { $0.isLetter || $0 == "_" } == true
          let token =
            isWord
            ? text { $0.isLetter || $0.isNumeral || $0 == "_" || $0 == "-" }
            : text { $0 == "{" } + (take("}") ? "}" : "")
          if !token.isEmpty { statements.append(.text(token)) }
        }
      } else if isSet {
        statements.append(try setDirective())
      } else if scalar == "#" {
        switch try directive() {
        case .statement(let statement): statements.append(statement)
        case .nothing: break
        case .end(let end): return (statements, end)
        }
      } else {
        statements.append(.text(scalar == "\\" ? backslashes() : plainText()))
      }
    }
    return (statements, nil)
  }

  /// One level deeper, for as long as the body runs.
  mutating func nested<Result>(
    _ body: (inout Parser) throws(TemplateError) -> Result
  ) throws(TemplateError) -> Result {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Template.maximumDepth else {
      throw error("nested deeper than \(Template.maximumDepth) levels; set a variable to the inner part first")
    }
    return try body(&self)
  }

  /// Text up to the next character that may begin something else.
  private mutating func plainText() -> String {
    text { $0 != "$" && $0 != "#" && $0 != "\\" }
  }

  /// Backslashes before a directive escape it: a pair stands for one. Anywhere else they're text.
  private mutating func backslashes() -> String {
    let count = text { $0 == "\\" }.unicodeScalars.count
    let following = index
    // An escaped directive is one token, which ends the run.
    guard peek() == "#", let name = directiveName() else {
      index = following
      return String(repeating: "\\", count: count)
    }
    let isKnown = DirectiveName.all.contains(name)
    if count % 2 == 1 {
      let kept = isKnown ? (count - 1) / 2 : count
      return String(repeating: "\\", count: kept) + slice(following..<index)
    }
    index = following
    // Velocity knows `#set(` here by its token, which is none of the directives' names.
    let isBlock = ["if", "else", "elseif", "end"].contains(name)
    let isControl = isBlock || (isKnown && name != "set" && source[following + 1] != "{")
    return String(repeating: "\\", count: isControl ? count / 2 : count)
  }
}

/// What closed a block.
struct BlockEnd {
  enum Name: String { case end, `else`, `elseif` }

  let name: Name
  let start: Int
}
