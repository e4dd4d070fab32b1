/// Names that the tests share.
enum Names {
  /// The longest valid name.
  static let long = String(repeating: "n", count: 128)
  /// Texts that are not valid names.
  static let bad = [
    "", " ", "a b", "a/b", "a.b", "a+b", "a*", "é", "e\u{301}", "a\u{0}", "a\n", "\na", "a%3A", "a\"b", "ａ", "٣", "a;b",
    "..", "$(id)",
    long + "n", "arn:aws:batch:us-east-1:1:job-queue/q", "a@b", "a[b", "a`b", "a{b", "\u{212a}",
  ]
}
