import Platform
import Testing

@Suite("A quotation")
struct QuotationTests {
  @Test("is the text in quotation marks", arguments: ["", "a", "a\"b", "é𝄞", String(repeating: "x", count: 160)])
  func short(text: String) {
    #expect(text.quoted == "\"\(text)\"")
  }

  @Test(
    "of a long text is truncated between scalars, and ends in an ellipsis", arguments: ["x", "é", "𝄞", "e\u{301}"],
    [161, 6_000_000 / 4])
  func long(character: String, count: Int) {
    let text = String(repeating: character, count: count)
    #expect(text.quoted.utf8.count <= 4 * 160 + 5)
    #expect(text.quoted.hasPrefix("\"\(character)"))
    #expect(text.quoted.hasSuffix("…\""))
  }
}
