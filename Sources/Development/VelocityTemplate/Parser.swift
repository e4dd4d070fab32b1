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
    // Whether a property's name came last, or only #set and a word after it.
    var isInProperty = false
    while let scalar = peek() {
      let wasInProperty = isInProperty
      isInProperty = false
      if let statement = try referenceStatement() {
        statements.append(statement)
        guard case .reference(let reference, _) = statement, !reference.isFormal else { continue }
        let token = try token(after: reference)
        if !token.isEmpty {
          statements.append(.text(token))
        } else if case .property = reference.accessors.last?.kind {
          isInProperty = true
        }
      } else if isSet {
        statements.append(try setDirective())
        isInProperty = wasInProperty
      } else if wasInProperty, let word = identifier() {
        statements.append(.text(word))
        isInProperty = true
      } else if wasInProperty, !follows("###"), take("##") {
        // There, ## doesn't begin a comment: Velocity has no such token.
        statements.append(.text("##"))
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

  /// Reads what is a token of its own directly after a reference, so that `#set` swallows the white space after it:
  /// braces, or a word after a parenthesis or bracket.
  private mutating func token(after reference: Reference) throws(TemplateError) -> String {
    if !reference.accessors.isEmpty, let word = identifier() { return word }
    var braces = ""
    while take("{") {
      braces += "{"
      // Velocity parses {value} like the rest of ${value}, but prints only the brace.
      let start = index
      _ = signs()
      guard identifier() != nil else {
        index = start
        continue
      }
      _ = try accessors()
      guard take("}") else {
        throw error("{ after $\(reference.name) is not closed, \(found); add }, or write ${\(reference.name)}{")
      }
      return braces
    }
    return braces + (take("}") ? "}" : "")
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
