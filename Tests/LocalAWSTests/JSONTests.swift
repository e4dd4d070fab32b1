import Testing

@testable import LocalAWS

@Suite("A JSON value")
struct JSONTests {
  @Test("keeps its members in order, and of a name that is there twice the last value")
  func members() throws {
    let value = try JSON(parsing: Array(#"{"b":1,"a":[true,null],"b":1.0e2}"#.utf8))
    #expect(value.description == #"{"b":1.0e2,"a":[true,null]}"#)
    #expect(value["a"] == .array([.boolean(true), .null]))
  }

  @Test("tells two spellings of é apart, as AWS does")
  func names() throws {
    let value = try JSON(parsing: Array(#"{"\u00e9":1,"e\u0301":2}"#.utf8))
    #expect(value["\u{e9}"] == .number("1"))
    #expect(value["e\u{301}"] == .number("2"))
  }

  @Test("is written without white space, only what must be escaped escaped")
  func written() throws {
    let value = JSON.members(["a\"\\": .string("\u{1}\n/é"), "b": .strings([("c", "d")])])
    #expect(value.description == #"{"a\"\\":"\u0001\n/é","b":{"c":"d"}}"#)
    #expect(try JSON(parsing: Array(value.description.utf8)) == value)
  }
}
