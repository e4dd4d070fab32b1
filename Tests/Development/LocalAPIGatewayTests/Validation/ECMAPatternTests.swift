import Testing

@testable import LocalAPIGateway

@Suite("A pattern has the semantics of ECMA 262")
struct ECMAPatternTests {
  @Test(
    "it is found anywhere",
    arguments: [
      ("", "", true), ("b", "abc", true), ("^b", "abc", false), ("^a", "b\na", false),
      // $ matches only at the very end, not before a final line break.
      ("^[a-z]+$", "abc", true), ("^[a-z]+$", "abc\n", false),
      // Only ASCII digits and letters count.
      ("^\\d$", "7", true), ("^\\d$", "٧", false), ("^\\D$", "٧", true), ("^\\w$", "_", true), ("^\\w$", "é", false),
      ("^\\W$", "é", true), ("\\bb\\b", "a b", true), ("\\bb\\b", "éb", true), ("\\Bb", "ab", true),
      ("\\Bb", "éb", false),
      // White space includes Unicode's, and the byte order mark.
      ("^\\s{5}$", " \u{b}\u{a0}\u{feff}\u{2028}", true), ("^\\s$", "\u{85}", false), ("^\\S$", "\u{85}", true),
      ("^.$", "\u{85}", true), ("^.$", "\u{2028}", false), ("^.$", "😀", true),
      // Brackets, in which ICU has more syntax than ECMA 262.
      ("^[]$", "", false), ("^[^]$", "\n", true), ("^[[a]$", "[", true), ("^[a&&b]+$", "&ab", true),
      ("^[a-]+$", "-a", true),
      ("^[-a]+$", "-a", true), ("^[\\d-x]+$", "-x1", true), ("^[a\\-z]+$", "-", true), ("^[a\\-z]+$", "b", false),
      ("^[^\\D5]+$", "123", true), ("^[^\\D5]+$", "5", false), ("^[\\b]$", "\u{8}", true), ("^[\\]^]+$", "]^", true),
      ("^[{}#:=]+$", "{}#:=", true), ("^[\\u0041-\\x43]+$", "ABC", true),
      // Braces that aren't repetitions are literal.
      ("^{a}$", "{a}", true), ("^a{,2}$", "a{,2}", true), ("^a{2}$", "aa", true), ("^a{1,}?b{0,1}$", "aaab", true),
      // Escapes.
      ("^\\/\\.\\-\\$\\^$", "/.-$^", true), ("^\\t\\n\\v\\f\\r\\0$", "\t\n\u{b}\u{c}\r\0", true),
      ("^\\cJ$", "\n", true),
      ("^\\ud83d\\ude00$", "😀", true), ("^(a|b)\\1$", "bb", true),
      ("^(?:a|b)+(?=c)(?!cd)", "abce", true),
      ("^# a$", "# a", true),
    ])
  func found(pattern: String, text: String, isFound: Bool) throws {
    #expect(try ECMAPattern(pattern).isFound(in: text) == isFound)
  }

  @Test(
    "syntax that ECMA 262 doesn't define is an error",
    arguments: [
      "(", ")", "[a", "[b-a]", "a**", "a++", "*", "^*", "(?i)a", "(?>a)", "(?<n>a)", "\\", "\\A", "\\z", "\\Q",
      "\\p{L}", "\\x1",
      "\\u12", "\\ud83d", "\\c1", "a{2,1}", "\\1",
    ])
  func wrong(pattern: String) {
    #expect(throws: ECMAPatternError.self) { try ECMAPattern(pattern) }
  }

  @Test("a long text is searched to its end, however many matches begin in it")
  func long() throws {
    #expect(try ECMAPattern("ac").isFound(in: String(repeating: "ab", count: 3000) + "ac"))
  }

  @Test("a search that would take forever is given up without a match")
  func slow() throws {
    let text = String(repeating: "a", count: 40) + "b"
    #expect(try !ECMAPattern("^(a+)+$").isFound(in: text))
  }
}
