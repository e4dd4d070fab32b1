import RawJSON
import Testing

@Suite("A JSON value")
struct JSONValueTests {
  @Test(
    "knows its kind",
    arguments: [
      ("{}", .object), (" [1]", .array), ("\"true\"", .string), ("-1", .number), ("0.5", .number), ("true", .boolean),
      ("false", .boolean), ("null", .null),
    ] as [(String, JSONValue.Kind)])
  func kind(text: String, kind: JSONValue.Kind) throws {
    #expect(try value(text).kind == kind)
  }

  @Test("is true only if it is the literal true", arguments: ["false", "1", "\"true\"", "null", "[true]"])
  func isTrue(text: String) throws {
    #expect(try value("true").isTrue)
    #expect(try !value(text).isTrue)
  }

  @Test(
    "returns a string with its escapes resolved",
    arguments: [
      ("\"\"", ""), ("\"plain\"", "plain"), ("\"\\\"\\\\\\/\"", "\"\\/"), ("\"\\b\\f\\n\\r\\t\"", "\u{8}\u{c}\n\r\t"),
      ("\"\\u0041\\u00e9\\u20AC\"", "Aé€"), ("\"\\ud834\\udd1e\"", "𝄞"), ("\"\\uD834\\uDD1E!\"", "𝄞!"),
      ("\"\\udbff\\udfff\"", "\u{10ffff}"), ("\"\\ud800\\udc00\"", "\u{10000}"), ("\"\\u0000\"", "\u{0}"),
      ("\"\\ud7ff\\ue000\"", "\u{d7ff}\u{e000}"), ("\"\\\\u0041\"", "\\u0041"), ("\"é\\n€\"", "é\n€"),
      ("\"\\ufeff\"", "\u{feff}"), ("\"\u{2028}\"", "\u{2028}"),
    ])
  func decodes(text: String, decoded: String) throws {
    #expect(try Array(value(text).string().utf8) == Array(decoded.utf8))
    #expect(try value(text).utf8() == Array(decoded.utf8))
  }

  /// Strings that contain a lone surrogate, each with its offset.
  static let loneSurrogates = [
    ("\"\\ud800\"", 1), ("\"\\udc00\"", 1), ("\"a\\uDFFF\"", 2), ("\"\\ud800\\ud800\"", 1), ("\"\\udc00\\ud800\"", 1),
    ("\"\\udc00\\udc00\"", 1),
    ("\"\\ud800x\"", 1), ("\"\\ud800\\n\"", 1), ("\"\\ud800\\u0041\"", 1), ("\"\\ud834\\udd1e\\ud834\"", 13),
    ("\"\\ud800       \"", 1), ("\"\\ud800\\ue000\"", 1),
  ]

  @Test("rejects a lone surrogate when it is decoded, not before", arguments: loneSurrogates)
  func loneSurrogate(text: String, offset: Int) throws {
    let value = try value("  \(text)")
    #expect(value.bytes.elementsEqual(text.utf8))
    let error = #expect(throws: JSONError.self) { try value.string() }
    #expect(error?.reason == .loneSurrogate)
    #expect(error?.offset == 2 + offset)
  }

  @Test("has errors that name the expected kind and the offset")
  func expected() throws {
    let object = try value(" {\"a\": [1], \"b\": {\"c\": 2}}").object()
    let array = try #require(object["a"])
    let inner = try #require(object["b"])
    #expect(#expect(throws: JSONError.self) { try array.object() }?.description == "expected an object at byte 7")
    #expect(#expect(throws: JSONError.self) { try array.string() }?.description == "expected a string at byte 7")
    #expect(#expect(throws: JSONError.self) { try inner.array() }?.description == "expected an array at byte 17")
  }

  @Test(
    "returns the elements of an array, each as written",
    arguments: [
      ("[]", []), ("[ \n ]", []), ("[1]", ["1"]), ("[ 1 , 2 ]", ["1", "2"]),
      ("[\"a,]\",\"\\\"\"]", ["\"a,]\"", "\"\\\"\""]),
      ("[[1,2],{\"a\":[3]},[]]", ["[1,2]", "{\"a\":[3]}", "[]"]), ("[1.50,1E+2\n,-0]", ["1.50", "1E+2", "-0"]),
      ("[true,null,{ }]", ["true", "null", "{ }"]), ("[\"\\\\\",\"]\"]", ["\"\\\\\"", "\"]\""]),
    ] as [(String, [String])])
  func elements(text: String, elements: [String]) throws {
    #expect(try value(text).array().map { String(decoding: $0.bytes, as: UTF8.self) } == elements)
  }

  private func value(_ text: String) throws(JSONError) -> JSONValue {
    try JSONValue(parsing: Array(text.utf8))
  }
}
