import RawJSON
import Testing

@Suite("Text for a log")
struct VisibleTextTests {
  @Test(
    "is escaped if it could pass for another line or field, or change the order",
    arguments: [
      ("a\"b\\c", #"a\"b\\c"#), ("a\u{0}\t\r\n\u{1f}", #"a\u0000\u0009\u000d\u000a\u001f"#),
      ("\u{7f}", #"\u007f"#), ("\u{80}\u{85}\u{9b}\u{9f}", #"\u0080\u0085\u009b\u009f"#),
      ("\u{2028}\u{2029}", #"\u2028\u2029"#), ("\u{61c}\u{200e}\u{200f}", #"\u061c\u200e\u200f"#),
      ("\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}", #"\u202a\u202b\u202c\u202d\u202e"#),
      ("\u{2066}\u{2067}\u{2068}\u{2069}", #"\u2066\u2067\u2068\u2069"#),
      ("12345678\u{7f}", #"12345678\u007f"#), ("1234567\u{85}8", #"1234567\u00858"#),
    ])
  func escaped(text: String, expected: String) {
    #expect(written(text) == expected)
    #expect(!VisibleText.isPlain(text))
  }

  @Test(
    "is otherwise left unchanged",
    arguments: [
      "", "a", "Job queue x", "\u{a0}\u{e9}", "\u{61b}\u{61d}\u{200d}\u{2010}\u{2027}\u{202f}\u{2065}\u{206a}", "日本語😀",
    ])
  func unchanged(text: String) {
    #expect(written(text).utf8.elementsEqual(text.utf8))
    #expect(VisibleText.isPlain(text) == text.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test("is escaped at every offset within words of eight bytes")
  func offsets() {
    for offset in 0..<20 {
      let (before, after) = (String(repeating: "x", count: offset), String(repeating: "y", count: 20 - offset))
      #expect(written(before + "\u{2028}" + after) == before + #"\u2028"# + after)
      #expect(written(before + "\u{7f}" + after) == before + #"\u007f"# + after)
      #expect(written(before + "\"" + after) == before + #"\""# + after)
    }
  }

  @Test("is escaped this way by a log's JSON writer, and by no other writer")
  func writer() {
    for (escapes, expected) in [(true, #"{"a":"\u0085\u202e"}"#), (false, "{\"a\":\"\u{85}\u{202e}\"}")] {
      var writer = JSONWriter(escapesInvisible: escapes)
      writer.member("a", "\u{85}\u{202e}")
      #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
    }
  }

  private func written(_ text: String) -> String {
    var bytes: [UInt8] = []
    VisibleText.append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
