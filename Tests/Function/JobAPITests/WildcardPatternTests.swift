import Testing

@testable import JobAPI

@Suite("A pattern")
struct WildcardPatternTests {
  @Test(
    "matches a whole name, with * for any run of characters",
    arguments: [
      ("reports", "reports"), ("*", "reports"), ("*", ""), ("**", "reports"), ("rep*", "reports"), ("rep*", "rep"),
      ("*orts", "reports"), ("*orts", "orts"),
      ("r*s", "reports"), ("r*p*s", "reports"), ("*e*o*", "reports"), ("*rep*orts*", "reports"), ("a*a", "aa"),
      ("a*b*a", "abba"), ("*ab", "aab"), ("*ab", "abab"),
      ("*ab*ab", "ababab"), ("a*bc*d", "abcbcd"), ("render:*", "render:3"), ("render:3", "render:3"),
      ("*:3", "render:3"), ("r**s", "reports"), ("a*aa", "aaa"),
    ])
  func matches(pattern: String, name: String) {
    #expect(WildcardPattern(pattern)?.matches(name) == true)
  }

  @Test(
    "doesn't match any other name",
    arguments: [
      ("reports", "report"), ("reports", "reports2"), ("reports", "xreports"), ("reports", "Reports"), ("rep*", "re"),
      ("rep*", "xrep"), ("*orts", "ports2"),
      ("r*s", "reportsx"), ("r*x*s", "reports"), ("a*a", "a"), ("ab*ba", "aba"), ("*ab*ab", "ab"), ("*ab*ab", "aab"),
      ("a*b*c", "acb"), ("a*bb*b", "abb"),
      ("render:*", "render"), ("render:3", "render:30"), ("render:3", "render"), ("*:3", "render:13x"), ("-", "_"),
      ("a*aa", "aa"),
    ])
  func matchesNot(pattern: String, name: String) {
    #expect(WildcardPattern(pattern)?.matches(name) == false)
  }

  @Test(
    "is nil if it contains a character that a name can't",
    arguments: ["a b", "a.b", "a/b", "é", "\u{212a}", "a:b:c", "a?", "a\n"])
  func refused(pattern: String) {
    #expect(WildcardPattern(pattern) == nil)
  }

  @Test("matches a name with its revision if it has a colon")
  func revision() {
    #expect(WildcardPattern("render")?.hasRevision == false)
    #expect(WildcardPattern("ren*:3")?.hasRevision == true)
  }

  @Test("matches in at most quadratic time, whatever the pattern")
  func manyStars() {
    let pattern = WildcardPattern(String(repeating: "a*", count: 60) + "b")
    #expect(pattern?.matches(String(repeating: "a", count: 128)) == false)
    #expect(pattern?.matches(String(repeating: "a", count: 127) + "b") == true)
  }
}
