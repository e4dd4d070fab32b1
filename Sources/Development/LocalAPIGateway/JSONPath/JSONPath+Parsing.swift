internal import Platform

extension JSONPath {
  /// Parses a path. It starts at the document's root even without a leading `$`.
  init(_ text: String) throws(JSONPathError) {
    var reader = JSONPathReader(text)
    if !reader.skip("$") { reader.prepend(text.hasPrefix("[") ? "" : ".") }
    steps = try reader.steps()
    guard reader.isAtEnd else { throw reader.error() }
  }
}

/// Parses a path character by character.
struct JSONPathReader {
  private let text: String
  /// The unread part.
  var rest: Substring
  /// The nesting depth of the current filter condition.
  var depth = 0

  init(_ text: String) {
    self.text = text
    rest = text[...]
  }

  var isAtEnd: Bool { rest.isEmpty }

  /// The error for a path that can't be parsed at the current position.
  func error() -> JSONPathError {
    let place = rest.isEmpty ? "its end" : String(rest).quoted
    return JSONPathError("can't parse the path \(text.quoted) at \(place); fix it")
  }

  mutating func prepend(_ start: String) {
    rest = Substring(start) + rest
  }

  mutating func skip(_ prefix: String) -> Bool {
    guard rest.hasPrefix(prefix) else { return false }
    rest.removeFirst(prefix.count)
    return true
  }

  mutating func skipSpaces() {
    rest = rest.drop { $0 == " " }
  }

  mutating func steps() throws(JSONPathError) -> [JSONPath.Step] {
    var steps: [JSONPath.Step] = []
    while let next = rest.first {
      if next == "[" {
        steps.append(JSONPath.Step(selector: try brackets()))
      } else if skip("..") {
        steps.append(JSONPath.Step(isDeep: true, selector: rest.first == "[" ? try brackets() : try name()))
      } else if skip(".") {
        steps.append(JSONPath.Step(selector: try name()))
      } else {
        break
      }
    }
    return steps
  }

  /// The selector after a dot.
  private mutating func name() throws(JSONPathError) -> JSONPath.Selector {
    if skip("*") { return .all }
    // A filter's path ends where its comparison begins.
    let name = rest.prefix { !".[](),'\"=!<>&| ".contains($0) }
    guard !name.isEmpty else { throw error() }
    rest.removeFirst(name.count)
    return .names([String(name)])
  }

  private mutating func brackets() throws(JSONPathError) -> JSONPath.Selector {
    guard skip("[") else { throw error() }
    skipSpaces()
    let selector: JSONPath.Selector
    switch rest.first {
    case "*":
      rest.removeFirst()
      selector = .all
    case "'", "\"": selector = .names(try list { (reader) throws(JSONPathError) in try reader.quoted() })
    case "?":
      rest.removeFirst()
      skipSpaces()
      guard skip("(") else { throw error() }
      selector = .matching(try filter())
      guard skip(")") else { throw error() }
    default: selector = try indexes()
    }
    skipSpaces()
    guard skip("]") else { throw error() }
    return selector
  }

  private mutating func indexes() throws(JSONPathError) -> JSONPath.Selector {
    let first = integer()
    skipSpaces()
    if skip(":") {
      skipSpaces()
      return .slice(from: first, to: integer())
    }
    guard let first else { throw error() }
    guard skip(",") else { return .indexes([first]) }
    let others = try list { (reader) throws(JSONPathError) in
      guard let index = reader.integer() else { throw reader.error() }
      return index
    }
    return .indexes([first] + others)
  }

  private mutating func list<Element>(
    _ element: (inout JSONPathReader) throws(JSONPathError) -> Element
  ) throws(JSONPathError) -> [Element] {
    var elements: [Element] = []
    repeat {
      skipSpaces()
      elements.append(try element(&self))
      skipSpaces()
    } while skip(",")
    return elements
  }

  private mutating func integer() -> Int? {
    let sign = rest.first == "-" ? "-" : ""
    let digits = rest.dropFirst(sign.count).prefix { "0"..."9" ~= $0 }
    guard let number = Int(sign + digits) else { return nil }
    rest.removeFirst(sign.count + digits.count)
    return number
  }

  mutating func quoted() throws(JSONPathError) -> String {
    guard let quote = rest.first, quote == "'" || quote == "\"" else { throw error() }
    var remaining = rest.dropFirst()
    var string = ""
    while let character = remaining.popFirst() {
      if character == quote {
        rest = remaining
        return string
      }
      if character == "\\", let escaped = remaining.popFirst() {
        string.append(escaped)
      } else {
        string.append(character)
      }
    }
    throw error()
  }
}
