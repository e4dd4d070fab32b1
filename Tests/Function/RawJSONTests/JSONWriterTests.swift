import Foundation
import RawJSON
import Testing

@Suite("A JSON writer")
struct JSONWriterTests {
  @Test("writes an object without members")
  func empty() {
    #expect(text(JSONWriter()) == "{}")
  }

  @Test("writes members in order, without white space")
  func members() {
    var writer = JSONWriter()
    writer.member("s", "text")
    writer.member("n", -9_223_372_036_854_775_808)
    writer.member("t", true)
    writer.member("f", false)
    writer.member("u", utf8: Array("é".utf8))
    writer.member("o", [("a", "1"), ("b", "2")])
    writer.member("l", [("a", "1"), ("b", "2")], asArrays: true)
    writer.member("e", [])
    #expect(
      text(writer) == #"{"s":"text","n":-9223372036854775808,"t":true,"f":false,"u":"é","#
        + #""o":{"a":"1","b":"2"},"l":{"a":["1"],"b":["2"]},"e":{}}"#)
  }

  @Test("adds members in JSON unchanged, with a comma only where needed")
  func writtenMembers() {
    var writer = JSONWriter()
    writer.members(written: [])
    #expect(text(writer) == "{}")
    writer.members(written: Array("\"a\" : 1.50".utf8)[...])
    writer.members(written: [])
    writer.member("b", 2)
    writer.members(written: Array("\"c\":\"\\u00e9\", \"d\":[]".utf8)[...])
    #expect(text(writer) == #"{"a" : 1.50,"b":2,"c":"\u00e9", "d":[]}"#)
  }

  @Test(
    "escapes only what a string can't contain",
    arguments: [
      ("\"", #"\""#), ("\\", #"\\"#), ("\n", #"\u000a"#), ("\u{0}", #"\u0000"#), ("\u{1f}", #"\u001f"#), ("/", "/"),
      ("\u{7f}", "\u{7f}"), ("é€𝄞\u{2028}", "é€𝄞\u{2028}"), ("\\u0041", #"\\u0041"#), ("\r\n", #"\u000d\u000a"#),
    ])
  func escapes(plain: String, escaped: String) {
    var writer = JSONWriter()
    writer.member("a", plain)
    writer.member("b", [(name: plain, value: plain)])
    #expect(text(writer) == "{\"a\":\"\(escaped)\",\"b\":{\"\(escaped)\":\"\(escaped)\"}}")
  }

  @Test("writes strings that Foundation and RawJSON's own parser read back, for every special character")
  func roundTrip() throws {
    let scalars = (0...0x2ff).compactMap(Unicode.Scalar.init) + ["\u{2028}", "\u{2029}", "\u{feff}", "\u{ffff}", "𝄞"]
    for scalar in scalars {
      let plain = "a\(scalar)b"
      var writer = JSONWriter()
      writer.member("s", plain)
      writer.member("u", utf8: Array(plain.utf8))
      writer.member("o", [(name: plain, value: plain)])
      let bytes = writer.bytes
      let read = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
      #expect((read["s"] as? String).map { Array($0.utf8) } == Array(plain.utf8))
      #expect((read["u"] as? String).map { Array($0.utf8) } == Array(plain.utf8))
      #expect((read["o"] as? [String: String]).map { Array($0.values) } == [plain])
      let own = try JSONValue(parsing: bytes).object()
      #expect(try own["s"]?.utf8() == Array(plain.utf8))
      #expect(try own["o"]?.object().members.first?.name() == plain)
    }
  }

  @Test("writes objects inside of objects, also empty ones")
  func nested() {
    var writer = JSONWriter()
    writer.object("a") { _ in }
    writer.object("b") { writer in
      writer.object("c") { $0.member("d", "{") }
      writer.member("e", 1)
    }
    writer.member("f", "{")
    #expect(text(writer) == #"{"a":{},"b":{"c":{"d":"{"},"e":1},"f":"{"}"#)
  }

  private func text(_ writer: JSONWriter) -> String { String(decoding: writer.bytes, as: UTF8.self) }
}
