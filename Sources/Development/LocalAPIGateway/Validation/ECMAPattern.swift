internal import Foundation

/// A regular expression of ECMA 262, edition 5, as used in JSON Schema's patterns. It isn't anchored.
///
/// Foundation's regular expressions are ICU's. Their `$` also matches before a final line break, their `\d` and `\w`
/// also match digits and letters of other scripts, and their syntax is larger. So patterns are translated for ICU.
struct ECMAPattern: Sendable {
  /// The pattern as written in the schema.
  let source: String
  private let expression: NSRegularExpression

  /// Parses a pattern.
  init(_ source: String) throws(ECMAPatternError) {
    var translation = ECMAPatternTranslation(source)
    let pattern = try translation.translate()
    do {
      // Foundation rejects the empty expression, which matches everywhere.
      expression = try NSRegularExpression(pattern: pattern.isEmpty ? "(?:)" : pattern)
    } catch {
      throw ECMAPatternError("is not a valid regular expression; check its parentheses, repetitions and \\1")
    }
    self.source = source
  }

  /// Whether the pattern is found in a text. Gives up, with false, after about 20 million steps, or more in a long
  /// text: ICU reports every 10,000th, and each position where a match may begin.
  func isFound(in text: String) -> Bool {
    var isFound = false
    var reports = 0
    let range = NSRange(location: 0, length: text.utf16.count)
    expression.enumerateMatches(in: text, options: .reportProgress, range: range) { result, _, stop in
      if result == nil { reports += 1 } else { isFound = true }
      if isFound || reports > 2000 + range.length { stop.pointee = true }
    }
    return isFound
  }
}

/// Why a text is not a regular expression of ECMA 262, and the fix, as a predicate of the pattern.
struct ECMAPatternError: Error, Hashable, Sendable {
  let problem: String

  init(_ problem: String) {
    self.problem = problem
  }
}
