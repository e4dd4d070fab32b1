import RawJSON
import Testing

@testable import JSONTree

@Suite("A JSON value")
struct JSONTests {
  @Test("keeps its members in order, and the last value of a repeated name")
  func members() throws {
    let value = try JSON(parsing: Array(#"{"b":1,"a":[true,null],"b":1.0e2}"#.utf8))
    #expect(value.description == #"{"b":1.0e2,"a":[true,null]}"#)
    #expect(value["a"] == .array([.boolean(true), .null]))
  }

  @Test("distinguishes two spellings of é, as AWS does")
  func names() throws {
    let value = try JSON(parsing: Array(#"{"\u00e9":1,"e\u0301":2}"#.utf8))
    #expect(value["\u{e9}"] == .number("1"))
    #expect(value["e\u{301}"] == .number("2"))
  }

  @Test("is written without white space, with only the necessary escapes")
  func written() throws {
    let value = JSON.members(["a\"\\": .string("\u{1}\n/é"), "b": .strings([("c", "d")])])
    #expect(value.description == #"{"a\"\\":"\u0001\n/é","b":{"c":"d"}}"#)
    #expect(try JSON(parsing: Array(value.description.utf8)) == value)
  }

  @Test(
    "is parsed in any formatting",
    arguments: [
      (" [ ] ", "[]"), ("[[],[[1 , 2]],{}]", "[[],[[1,2]],{}]"),
      ("{ \"a\" : { \"b\" : [ ] } , \"c\":null }", #"{"a":{"b":[]},"c":null}"#),
      (#"["]}\"\\",-1e3,false]"#, #"["]}\"\\",-1e3,false]"#), ("\n1\t", "1"), (#"{"":""}"#, #"{"":""}"#),
      (#"{"\u0061\n":"\ud83d\ude00"}"#, #"{"a\n":"😀"}"#),
    ])
  func read(document: String, written: String) throws {
    #expect(try JSON(parsing: Array(document.utf8)).description == written)
  }

  @Test("is parsed at every depth of nesting that is allowed", arguments: [1, 2, JSONValue.maximumDepth])
  func depth(levels: Int) throws {
    let document = String(repeating: "[", count: levels) + "1,2" + String(repeating: "]", count: levels)
    #expect(try JSON(parsing: Array(document.utf8)).description == document)
  }

  @Test(
    "that is invalid is rejected at the offending byte",
    arguments: [
      ("", "unexpected end at byte 0"), ("[1,]", "unexpected character at byte 3"),
      ("1 2", "more text after the value"),
      (#"["a","\n\ud800"]"#, "lone surrogate in a string at byte 8"),
    ])
  func refused(document: String, message: String) {
    let error = #expect(throws: (any Error).self) { try JSON(parsing: Array(document.utf8)) }
    #expect(error.map { "\($0)".hasPrefix(message) } == true, "\(String(describing: error))")
  }
}
