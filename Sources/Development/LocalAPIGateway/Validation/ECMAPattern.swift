internal import Foundation

/// A regular expression of ECMA 262, edition 5, which JSON Schema's patterns are; it is searched for, not anchored.
///
/// Foundation's expressions are ICU's. Their `$` also stands before a last line's end, their `\d` and `\w` also for
/// other scripts' digits and letters, and there is syntax that ECMA 262 has not: so a pattern is written anew for ICU.
struct ECMAPattern: Sendable {
  /// The pattern as it stands in the schema.
  let source: String
  private let expression: NSRegularExpression

  /// Reads a pattern.
  init(_ source: String) throws(ECMAPatternError) {
    var translation = ECMAPatternTranslation(source)
    let pattern = try translation.translate()
    do {
      // Foundation refuses the empty expression, which matches everywhere.
      expression = try NSRegularExpression(pattern: pattern.isEmpty ? "(?:)" : pattern)
    } catch {
      throw ECMAPatternError("is no regular expression; check its parentheses, repetitions and \\1")
    }
    self.source = source
  }

  /// Whether the pattern is found in a text; not when 20 million steps, of which ICU reports every 10,000th, don't tell.
  func isFound(in text: String) -> Bool {
    var isFound = false
    var reports = 0
    let range = NSRange(location: 0, length: text.utf16.count)
    expression.enumerateMatches(in: text, options: .reportProgress, range: range) { result, _, stop in
      if result == nil { reports += 1 } else { isFound = true }
      if isFound || reports > 2000 { stop.pointee = true }
    }
    return isFound
  }
}

/// Why a text is no regular expression of ECMA 262, and what to type.
struct ECMAPatternError: Error, Hashable, Sendable {
  let problem: String

  init(_ problem: String) {
    self.problem = problem
  }
}
