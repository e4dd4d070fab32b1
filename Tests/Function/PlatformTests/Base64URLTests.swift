import Platform
import Testing

@Suite("Base64url")
struct Base64URLTests {
  @Test(
    "has no padding",
    arguments: [
      ([], ""), ([0], "AA"), ([0xff, 0xff], "__8"), ([0xfb, 0xef, 0xbe], "----"), ([1, 2, 3, 4], "AQIDBA"),
    ] as [([UInt8], String)])
  func text(bytes: [UInt8], text: String) {
    #expect(bytes.base64URL == text)
  }
}
