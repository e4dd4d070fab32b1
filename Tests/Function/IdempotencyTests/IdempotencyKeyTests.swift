import Testing

@testable import Idempotency

@Suite("An Idempotency-Key")
struct IdempotencyKeyTests {
  @Test(
    "is a quoted string or a bare text, which are the same key",
    arguments: [
      (#""8e03978e-40d5-43dd-bc93-6894a57f9324""#, "8e03978e-40d5-43dd-bc93-6894a57f9324"),
      ("8e03978e-40d5-43dd-bc93-6894a57f9324", "8e03978e-40d5-43dd-bc93-6894a57f9324"), (" a\t", "a"), (" \"a\" ", "a"),
      (#""a\"b\\c""#, #"a"b\c"#), (#"a"b\c"#, #"a"b\c"#), ("a b", "a b"), (#"" ""#, " "), (#""a,b""#, "a,b"),
      ("~!@#", "~!@#"),
    ])
  func text(value: String, text: String) throws {
    #expect(try IdempotencyKey(headerLines: [value])?.text == text)
  }

  @Test("has 1 to 255 characters", arguments: [1, 255])
  func length(count: Int) throws {
    let text = String(repeating: "k", count: count)
    for value in [text, "\"\(text)\""] { #expect(try IdempotencyKey(headerLines: [value])?.text == text) }
  }

  @Test(
    "is rejected if it is malformed",
    arguments: [
      "", " ", #""""#, #"""#, #""a"#, #""a"b"#, #""a";v=1"#, #""a\b""#, #""a\"#, "é", "a\u{7f}", "a\tb", "a\u{1}",
      "\"é\"",
      String(repeating: "k", count: 256), "\"\(String(repeating: "k", count: 256))\"",
    ])
  func malformed(value: String) {
    #expect(throws: IdempotencyKeyError.malformed) { try IdempotencyKey(headerLines: [value]) }
  }

  @Test(
    "is rejected if there may be several",
    arguments: [["a", "b"], ["a", "a"], ["a, b"], [#""a", "b""#], [","], ["", ""]])
  func several(lines: [String]) {
    #expect(throws: IdempotencyKeyError.several) { try IdempotencyKey(headerLines: lines) }
  }

  @Test("can be missing")
  func missing() throws {
    #expect(try IdempotencyKey(headerLines: []) == nil)
  }
}
