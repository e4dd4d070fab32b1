import Testing

@testable import SigV4

@Suite("HMAC-SHA-256")
struct HMACTests {
  /// [RFC 4231](https://www.rfc-editor.org/rfc/rfc4231#section-4): keys shorter and longer than a block.
  static let vectors: [(key: [UInt8], message: [UInt8], digest: String)] = [
    (
      Array(repeating: 0x0b, count: 20), Array("Hi There".utf8),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      Array(repeating: 0xaa, count: 20), Array(repeating: 0xdd, count: 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
    (
      Array(repeating: 0xaa, count: 131), Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ]

  @Test("matches RFC 4231", arguments: vectors)
  func rfc4231(key: [UInt8], message: [UInt8], digest: String) {
    #expect(String(decoding: SHA256().hmac(key: key, message).hexadecimal, as: UTF8.self) == digest)
  }

  @Test(
    "accepts a key of exactly one block, and of one byte more or less",
    arguments: [
      (63, "62ace2f3e3d51364"), (64, "6117f44d3e99fd88"), (65, "88d81ab6f6f7dd86"),
    ])
  func blockSize(length: Int, start: String) {
    let digest = SHA256().hmac(key: Array(repeating: 0x61, count: length), Array("message".utf8)).hexadecimal
    #expect(String(decoding: digest.prefix(16), as: UTF8.self) == start)
  }
}
