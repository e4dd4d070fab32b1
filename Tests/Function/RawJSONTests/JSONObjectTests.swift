import RawJSON
import Testing

@Suite("A JSON object")
struct JSONObjectTests {
  @Test("keeps its members byte for byte, in order")
  func members() throws {
    let text = """
       { "parameters" : {"n":"1.10", "m" : [1.50, 1e+2 ] } ,"tags":{"k":"\\u00e9"},
      "x":123456789012345678901234567890,"y" :"a\\/b","z": null }
      """
    let members = try object(text).members
    #expect(try members.map { try $0.name() } == ["parameters", "tags", "x", "y", "z"])
    #expect(
      members.map { String(decoding: $0.value.bytes, as: UTF8.self) } == [
        "{\"n\":\"1.10\", \"m\" : [1.50, 1e+2 ] }", "{\"k\":\"\\u00e9\"}", "123456789012345678901234567890",
        "\"a\\/b\"", "null",
      ])
  }

  @Test("is not confused by brackets, quotes and commas in strings")
  func punctuation() throws {
    let object = try object(#"{"}":"{\"a\":1}","\\":"\\","a,b":"]","\"":["}",{"k":"\\\""}]}"#)
    #expect(try object.members.map { try $0.name() } == ["}", "\\", "a,b", "\""])
    #expect(try object["}"]?.string() == "{\"a\":1}")
    #expect(try object["\\"]?.string() == "\\")
    #expect(try object["a,b"]?.string() == "]")
    #expect(try object["\""]?.array().count == 2)
  }

  @Test(
    "finds a member even if its name is written with escapes",
    arguments: [#"{"name":1}"#, #"{"n\u0061me":1}"#, #"{"\u006E\u0061\u006d\u0065":1}"#, #"{"other":0, "name" : 1 }"#])
  func lookup(text: String) throws {
    #expect(try object(text)["name"]?.bytes.elementsEqual("1".utf8) == true)
  }

  @Test(
    "does not find a member with another name, or whose value is null",
    arguments: [
      "{}", #"{"Name":1}"#, #"{"name ":1}"#, #"{"nam":1}"#, #"{"names":1}"#, #"{"name":null}"#, #"{"a":{"name":1}}"#,
      #"{"a":"name"}"#, #"{"\\u006eame":1}"#, #"{"\ud800name":1}"#,
    ])
  func absent(text: String) throws {
    #expect(try object(text)["name"] == nil)
  }

  @Test("returns the last of two members with the same name, even if one is written with escapes, and keeps both")
  func duplicates() throws {
    for text in [#"{"a":1,"b":2,"a":3}"#, #"{"\u0061":1,"a":3}"#, #"{"a":1,"\u0061":3}"#] {
      let object = try object(text)
      #expect(object["a"]?.bytes.elementsEqual("3".utf8) == true)
      #expect(try object.members.filter { try $0.name() == "a" }.count == 2)
    }
  }

  @Test("does not find a member if the last one with its name is null, as in most parsers")
  func lastIsNull() throws {
    #expect(try object(#"{"a":1,"a":null}"#)["a"] == nil)
    #expect(try object(#"{"a":null,"a":1}"#)["a"]?.kind == .number)
  }

  @Test("rejects a name with a lone surrogate only when it is decoded")
  func loneSurrogate() throws {
    let object = try object(#"{"a":1, "\ud800":2}"#)
    #expect(object.members.count == 2)
    let error = #expect(throws: JSONError.self) { try object.members.dropFirst(1).first?.name() }
    #expect(error?.reason == .loneSurrogate)
    #expect(error?.offset == 9)
  }

  @Test(
    "returns the bytes between its braces, without the white space next to them",
    arguments: [
      ("{}", ""), (" { } ", ""), ("{\n}", ""), ("{\"a\":1}", "\"a\":1"),
      (" { \"a\" : 1 , \"b\":[ ] } ", "\"a\" : 1 , \"b\":[ ]"),
      ("{\"a\":{\"b\":{}}}", "\"a\":{\"b\":{}}"), ("{\n\t\"n\": 1.50\n}\n", "\"n\": 1.50"),
      ("{\"\":\"\"}", "\"\":\"\""),
      ("{\"é\\u00e9\":\"}\"}", "\"é\\u00e9\":\"}\""),
    ])
  func betweenBraces(text: String, between: String) throws {
    #expect(try String(decoding: object(text).bytesBetweenBraces, as: UTF8.self) == between)
  }

  @Test("gives access to nested values, with offsets in the whole document")
  func nested() throws {
    let inner = try #require(try object(#"{"a":{"b":["x"]}}"#)["a"]).object()
    let elements = try #require(inner["b"]).array()
    let element = try #require(elements.first)
    #expect(try element.string() == "x")
    #expect(#expect(throws: JSONError.self) { try element.object() }?.offset == 11)
  }

  private func object(_ text: String) throws(JSONError) -> JSONObject {
    try JSONValue(parsing: Array(text.utf8)).object()
  }
}
