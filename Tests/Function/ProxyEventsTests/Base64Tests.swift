import Foundation
import Testing

@testable import ProxyEvents

@Suite("Base64")
struct Base64Tests {
  @Test(
    "is decoded as in RFC 4648",
    arguments: [
      ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"), ("Zm9vYmE=", "fooba"),
      ("Zm9vYmFy", "foobar"),
    ])
  func vectors(text: String, decoded: String) {
    #expect(Base64.decode(Array(text.utf8)) == Array(decoded.utf8))
  }

  @Test("is decoded to the bytes that Foundation encoded, for every length and every byte")
  func roundTrip() {
    let bytes = (0..<768).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 / 256) }
    for length in bytes.indices {
      let slice = Array(bytes[..<length])
      #expect(Base64.decode(Array(Data(slice).base64EncodedString().utf8)) == slice)
    }
    #expect(Base64.decode(Array("+/+/".utf8)) == [0xfb, 0xff, 0xbf])
  }

  @Test(
    "is rejected if it is not exact",
    arguments: [
      "Z", "Zg", "Zg=", "Zm8", "Zm9vY", "Zg===", "=", "==", "===", "====", "Z===", "Zg==Zg==", "Z=g=", "=Zg=",
      "Zm8=Zm8=", "Zg=a",
      // White space and other alphabets
      "Zm9v\n", "Zm 9", " Zm9v", "Zm9v ", "Zm\r\n", "Zm9-", "Zm9_", "Zm9.", "Zm9,", "Zm9\u{0}", "Zm\u{e9}", "\u{ff3a}m",
      // Nonzero unused bits
      "Zh==", "Zv==", "Zm9=", "Zn8=Zm9=", "Z/==",
    ])
  func refused(text: String) {
    #expect(Base64.decode(Array(text.utf8)) == nil)
  }
}
