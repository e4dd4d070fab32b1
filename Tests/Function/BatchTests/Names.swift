/// Texts for the tests of names.
enum Names {
  /// As long as a name may be.
  static let long = String(repeating: "n", count: 128)
  /// What is no name of anything.
  static let bad = [
    "", " ", "a b", "a/b", "a.b", "a+b", "a*", "é", "e\u{301}", "a\u{0}", "a\n", "\na", "a%3A", "a\"b", "ａ", "٣", "a;b",
    "..", "$(id)",
    long + "n", "arn:aws:batch:us-east-1:1:job-queue/q", "a@b", "a[b", "a`b", "a{b", "\u{212a}",
  ]
}
