import Platform
import Testing

@Suite("An ASCII byte")
struct ASCIITests {
  static let digits = "0123456789"
  static let alphanumerics = digits + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "abcdefghijklmnopqrstuvwxyz"

  /// The bytes, out of all 256, for which a predicate is true.
  private func bytes(where predicate: (UInt8) -> Bool) -> [UInt8] {
    (UInt8.min...UInt8.max).filter(predicate)
  }

  @Test("is a digit only if it is one of 0 to 9")
  func digit() {
    #expect(bytes(where: \.isDigit) == Array(Self.digits.utf8))
  }

  @Test("is alphanumeric only if it is one of 62")
  func alphanumeric() {
    #expect(bytes(where: \.isAlphanumeric) == Array(Self.alphanumerics.utf8))
  }

  @Test("is unreserved in a URI only if it is one of 66")
  func unreserved() {
    #expect(bytes(where: \.isUnreserved) == Array((Self.alphanumerics + "-._~").utf8).sorted())
  }

  @Test("has a hexadecimal value only if it is a digit or a letter from a to f, in either case")
  func hexadecimal() {
    #expect("0123456789abcdef".utf8.map(\.hexadecimalValue) == Array(0...15))
    #expect("ABCDEF".utf8.map(\.hexadecimalValue) == Array(10...15))
    #expect(bytes { $0.hexadecimalValue != nil } == Array("0123456789ABCDEFabcdef".utf8))
  }

  @Test("is the hexadecimal digit of its value, in lower case")
  func hexadecimalDigit() {
    #expect((0...15).map { UInt8(hexadecimalDigit: $0) } == Array("0123456789abcdef".utf8))
  }

  @Test(
    "is compared without regard to ASCII case, and otherwise exactly",
    arguments: [
      ("True", "tRUE", true), ("", "", true), ("true", "true ", false), ("k", "\u{212a}", false),
      ("s", "\u{17f}", false),
      (";", "\u{37e}", false), ("\u{e9}", "e\u{301}", false), ("\u{e9}", "\u{c9}", false),
    ])
  func anyCase(one: String, other: String, areEqual: Bool) {
    #expect(one.equalsIgnoringASCIICase(other) == areEqual)
  }
}
