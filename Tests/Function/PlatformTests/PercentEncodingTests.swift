import Platform
import Testing

@Suite("Percent-encoding")
struct PercentEncodingTests {
  @Test("writes every byte that isn't plain with two upper-case digits")
  func encoded() {
    #expect("a-b_c.d~0 /ü\n".percentEncoded() == "a-b_c.d~0%20%2F%C3%BC%0A")
    #expect("a/ü".percentEncoded { $0.isAlphanumeric || $0 == UInt8(ascii: "/") } == "a/%C3%BC")
    #expect("".percentEncoded().isEmpty)
  }

  @Test("is resolved once, and leaves a plus sign alone")
  func decoded() {
    #expect("a%2Bb+c%253A%c3%A9".percentDecoded() == "a+b+c%3Aé")
    #expect("".percentDecoded() == "")
  }

  @Test("is not resolved if an escape is malformed or the result is not UTF-8", arguments: ["%", "a%4", "%zz", "%ff"])
  func malformed(text: String) {
    #expect(text.percentDecoded() == nil)
  }
}
