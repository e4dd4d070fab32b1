import Testing

@testable import RawJSON

@Suite("The plain text of a string")
struct PlainTextTests {
  /// Tests every byte among words of bytes that differ from a special one by one bit or by one.
  @Test(
    "ends at a quotation mark, a backslash or a control character, at any position in a word", arguments: 0...255)
  func everyByte(byte: Int) {
    let byte = UInt8(byte)
    let ends = byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    for filler: UInt8 in [0x20, 0x21, 0x23, 0x5b, 0x5d, 0x7f, 0x80, 0xa0, 0xa2, 0xdc, 0xff] {
      for position in 0..<19 {
        var text = [UInt8](repeating: filler, count: 19)
        text[position] = byte
        #expect(PlainText.end(in: text.span, from: 0) == (ends ? position : 19))
        #expect(PlainText.end(in: text.span, from: position) == (ends ? position : 19))
        #expect(PlainText.end(in: text.span, from: position + 1) == 19)
      }
    }
  }

  @Test("ends at the first of several, in any order")
  func several() {
    let special: [UInt8] = [0x00, 0x1f, 0x22, 0x5c]
    for first in special {
      for second in special {
        for distance in 1..<9 {
          var text = [UInt8](repeating: 0x61, count: 17)
          text[3] = first
          text[3 + distance] = second
          #expect(PlainText.end(in: text.span, from: 0) == 3)
          #expect(PlainText.end(in: text.span, from: 4) == 3 + distance)
        }
      }
    }
  }

  @Test("ends at the last byte if none is special", arguments: 0..<18)
  func empty(count: Int) {
    let text = [UInt8](repeating: 0x61, count: count)
    #expect(PlainText.end(in: text.span, from: count) == count)
    #expect(PlainText.end(in: text.span, from: 0) == count)
  }
}
