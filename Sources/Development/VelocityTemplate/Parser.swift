/// Parses a mapping template into statements, by the grammar of Velocity 1.7 (`Parser.jjt`).
///
/// In that grammar the longest token wins, which determines how white space is treated: white space before `#set` is
/// swallowed only where a token begins with it, that is after a reference, a directive or a comment.
struct Parser {
  let source: [Unicode.Scalar]
  /// The index of the next character.
  var index = 0
  /// The nesting depth of blocks, parentheses, lists and strings.
  var depth = 0
  /// Where the source starts in the template: strings are parsed separately.
  let origin: TemplatePosition
  /// The indexes of the source's line breaks.
  let lineEnds: [Int]

  init(_ source: String, at origin: TemplatePosition = TemplatePosition(line: 1, column: 1), depth: Int = 0) {
    self.source = Array(source.unicodeScalars)
    lineEnds = self.source.indices.filter { [scalars = self.source] in scalars[$0] == "\n" }
    self.origin = origin
    self.depth = depth
  }

  /// Parses the whole template.
  mutating func template() throws(TemplateError) -> [Statement] {
    let (statements, end) = try block()
    guard let end else { return statements }
    throw error("#\(end.name) without an #if or #foreach; remove it", at: end.start)
  }

  /// Parses statements up to the end, or up to and including an `#end`, `#else` or `#elseif`.
  mutating func block() throws(TemplateError) -> (statements: [Statement], end: BlockEnd?) {
    var statements: [Statement] = []
    while let scalar = peek() {
      if let reference = try referenceStatement() {
        statements.append(reference)
        // Directly after a property's name, ## doesn't begin a comment: Velocity has no such token there.
        if case .reference(let reference, _) = reference, !reference.isFormal, follows("##"),
          case .property = reference.accessors.last?.kind
        {
          statements.append(.text(text { $0 == "#" }))
        } else if case .reference(let reference, _) = reference, !reference.isFormal {
          // A brace there is a separate token, and so is a word after a parenthesis or bracket: #set swallows the white
          // space after them.
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

  /// Runs a body one nesting level deeper.
  mutating func nested<Result>(
    _ body: (inout Parser) throws(TemplateError) -> Result
  ) throws(TemplateError) -> Result {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Template.maximumDepth else {
      throw error("nested more than \(Template.maximumDepth) levels deep; #set a variable to the inner part first")
    }
    return try body(&self)
  }

  /// Reads text up to the next character that may begin something else.
  private mutating func plainText() -> String {
    text { $0 != "$" && $0 != "#" && $0 != "\\" }
  }

  /// Reads backslashes. Before a directive they escape it, and a pair stands for one; anywhere else they're text.
  private mutating func backslashes() -> String {
    let count = text { $0 == "\\" }.unicodeScalars.count
    let following = index
    // An escaped directive is a single token that includes the backslashes.
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
    // Here Velocity recognizes `#set(` by its token, which isn't a directive name.
    let isBlock = ["if", "else", "elseif", "end"].contains(name)
    let isControl = isBlock || (isKnown && name != "set" && source[following + 1] != "{")
    return String(repeating: "\\", count: isControl ? count / 2 : count)
  }
}

/// The directive that closed a block.
struct BlockEnd {
  enum Name: String { case end, `else`, `elseif` }

  let name: Name
  let start: Int
}
