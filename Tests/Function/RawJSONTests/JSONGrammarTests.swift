import RawJSON
import Testing

/// Cases in the style of [JSONTestSuite](https://github.com/nst/JSONTestSuite), each with its expected result.
@Suite("A JSON document")
struct JSONGrammarTests {
  @Test(
    "is accepted if RFC 8259 allows it",
    arguments: [
      // Structure
      "[]", "{}", "[[]]", "[{}]", "{\"a\":[]}", "[[] ]", "[ []]", "{\"\":0}", "{\"a\":\"b\",\"a\":\"c\"}",
      "{\"a\":{\"b\":{\"c\":[1,{\"d\":null}]}}}", "[1,null,null,null,2]", "[\"a\",true,false,null,-1.5e3]",
      // White space
      " [] ", "\n{\t\"a\"\r:\n1 ,\t\"b\" : 2 }\r\n", "[1\n,2]", " \t\r\n1\t",
      // Top-level scalars
      "true", "false", "null", "0", "-0", "42", "\"\"", "\"asd\"",
      // Numbers
      "[123e65]", "[0e+1]", "[0e1]", "[ 4]", "[-0]", "[-123]", "[-1]", "[1E22]", "[1E-2]", "[1E+2]", "[123e45]",
      "[123.456e78]", "[1e-2]", "[1e+2]", "[123.456789]", "[0.1]", "[-0.000000000000000000000000000000000001]",
      "[123456789012345678901234567890]", "[1e400]", "[0.5E00]", "[10]",
      // Strings
      "[\"\\u0060\\u012a\\u12AB\"]", "[\"\\uD801\\udc37\"]", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "[\"\\\\u0000\"]",
      "[\"a/*b*/c/*d//e\"]", "[\"\\u0000\"]", "[\"\\uFFFF\"]", "[\"\u{7f}\"]", "[\"\u{2028}\u{2029}\"]",
      "[\"€𝄞\u{10fffd}\"]", "[\"\\u005C\"]", "{\"a\\u0000b\":1}", "[\"new\\u000Aline\"]", "[\"'\"]",
      // Lone surrogates are grammatical.
      "[\"\\uDADA\"]", "[\"\\ud800\\u0041\"]", "[\"\\uDd1e\\uD834\"]", "[\"\\uD800\\n\"]", "{\"\\udfff\":0}",
    ])
  func accepts(text: String) throws {
    let value = try JSONValue(parsing: Array(text.utf8))
    #expect(value.bytes.elementsEqual(text.trimmingJSONWhiteSpace.utf8))
  }

  /// Texts that are rejected, each with the reason and the offset.
  static let refusals: [(text: String, reason: JSONError.Reason, offset: Int)] = [
    // Empty or incomplete
    ("", .unexpectedEnd, 0), (" \n", .unexpectedEnd, 2), ("[", .unexpectedEnd, 1), ("{", .unexpectedEnd, 1),
    ("[1", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3), ("[\"a\"", .unexpectedEnd, 4), ("{\"a\"", .unexpectedEnd, 4),
    ("{\"a\":", .unexpectedEnd, 5), ("{\"a\":1", .unexpectedEnd, 6), ("{\"a\":1,", .unexpectedEnd, 7),
    ("\"", .unexpectedEnd, 1), ("\"abc", .unexpectedEnd, 4), ("\"\\", .unexpectedEnd, 2),
    ("\"\\u12", .unexpectedEnd, 5),
    ("\"a\\\"", .unexpectedEnd, 4), ("tru", .unexpectedEnd, 3), ("n", .unexpectedEnd, 1), ("[[[]]", .unexpectedEnd, 5),
    // More than one value
    ("[] []", .trailingValue, 3), ("{}}", .trailingValue, 2), ("[]]", .trailingValue, 2), ("1 2", .trailingValue, 2),
    ("{},", .trailingValue, 2), ("null\u{0}", .trailingValue, 4), ("true1", .trailingValue, 4),
    ("\"a\"b", .trailingValue, 3),
    ("{}//", .trailingValue, 2), ("0x1", .trailingValue, 1), ("[1]\u{a0}", .trailingValue, 3),
    ("{}{}", .trailingValue, 2),
    // Commas, colons and brackets
    ("[1,]", .unexpectedByte, 3), ("[,1]", .unexpectedByte, 1), ("[1,,2]", .unexpectedByte, 3),
    ("[,]", .unexpectedByte, 1),
    ("[1 2]", .unexpectedByte, 3), ("[1:2]", .unexpectedByte, 2), ("[1}", .unexpectedByte, 2),
    ("[}", .unexpectedByte, 1),
    ("{]", .unexpectedByte, 1), ("{\"a\":1]", .unexpectedByte, 6), ("{,}", .unexpectedByte, 1),
    ("]", .unexpectedByte, 0),
    ("{\"a\":1,}", .unexpectedByte, 7), ("{\"a\" 1}", .unexpectedByte, 5), ("{\"a\"}", .unexpectedByte, 4),
    ("{\"a\":}", .unexpectedByte, 5), ("{:1}", .unexpectedByte, 1), ("{\"a\",1}", .unexpectedByte, 4),
    ("{\"a\"::1}", .unexpectedByte, 5), ("{\"a\":1 \"b\":2}", .unexpectedByte, 7),
    ("{\"a\":1,,\"b\":2}", .unexpectedByte, 7),
    ("{\"a\":1:2}", .unexpectedByte, 6), ("}", .unexpectedByte, 0), (",", .unexpectedByte, 0),
    (":", .unexpectedByte, 0),
    // Names that are not strings
    ("{a:1}", .unexpectedByte, 1), ("{'a':1}", .unexpectedByte, 1), ("{1:1}", .unexpectedByte, 1),
    ("{null:1}", .unexpectedByte, 1), ("{[]:1}", .unexpectedByte, 1), ("{\"a\":1,b:2}", .unexpectedByte, 7),
    // Literals
    ("nul1", .unexpectedByte, 3), ("True", .unexpectedByte, 0), ("[nan]", .unexpectedByte, 2),
    ("[NaN]", .unexpectedByte, 1),
    ("[Infinity]", .unexpectedByte, 1), ("[undefined]", .unexpectedByte, 1), ("[fals]", .unexpectedByte, 5),
    ("[tRue]", .unexpectedByte, 2), ("[a]", .unexpectedByte, 1), ("[trueish]", .unexpectedByte, 5),
    // Foreign comments, quotes, white space and byte order marks
    ("/**/[]", .unexpectedByte, 0), ("[1/*c*/]", .unexpectedByte, 2), ("#1", .unexpectedByte, 0),
    ("['a']", .unexpectedByte, 1),
    ("\u{feff}{}", .unexpectedByte, 0), ("\u{c}[]", .unexpectedByte, 0), ("[\u{b}1]", .unexpectedByte, 1),
    ("\u{2060}[]", .unexpectedByte, 0), ("[\u{a0}1]", .unexpectedByte, 1), ("[*]", .unexpectedByte, 1),
    ("<null>", .unexpectedByte, 0), ("\u{0}", .unexpectedByte, 0), ("[\u{0}1]", .unexpectedByte, 1),
    ("\\u005b]", .unexpectedByte, 0),
    // Numbers
    ("[+1]", .unexpectedByte, 1), ("[.5]", .unexpectedByte, 1), ("[1_000]", .unexpectedByte, 2),
    ("[0x1]", .unexpectedByte, 2),
    ("[1.2.3]", .unexpectedByte, 4), ("[1+2]", .unexpectedByte, 2), ("[1e2e3]", .unexpectedByte, 4),
    ("[0b1]", .unexpectedByte, 2),
    ("[1f]", .unexpectedByte, 2), ("[１]", .unexpectedByte, 1), ("[1-1]", .unexpectedByte, 2),
    ("[0.0-]", .unexpectedByte, 4),
    ("[01]", .badNumber, 1), ("[-01]", .badNumber, 1), ("[00]", .badNumber, 1), ("[-012.5]", .badNumber, 1),
    ("[-]", .badNumber, 1), ("[--1]", .badNumber, 1), ("[-x]", .badNumber, 1), ("[-Infinity]", .badNumber, 1),
    ("[- 1]", .badNumber, 1),
    ("[1.]", .badNumber, 1), ("[-2.]", .badNumber, 1), ("[1.e1]", .badNumber, 1), ("[2.e+3]", .badNumber, 1),
    ("[-.5]", .badNumber, 1),
    ("[1e]", .badNumber, 1), ("[1e+]", .badNumber, 1), ("[1E-]", .badNumber, 1), ("[1ea]", .badNumber, 1),
    ("[1.0e+-1]", .badNumber, 1),
    // Strings
    ("[\"\\x00\"]", .badEscape, 2), ("[\"\\a\"]", .badEscape, 2), ("[\"\\'\"]", .badEscape, 2),
    ("[\"a\\U0041\"]", .badEscape, 3),
    ("[\"\\u00A\"]", .badEscape, 2), ("[\"\\u\"]", .badEscape, 2), ("[\"\\u00G0\"]", .badEscape, 2),
    ("[\"\\u+041\"]", .badEscape, 2),
    ("[\"\\uD800\\u1\"]", .badEscape, 8), ("[\"\\uD800\\\"]", .unexpectedEnd, 11), ("[\"\\\u{e9}\"]", .badEscape, 2),
    ("[\"\\\u{0}\"]", .badEscape, 2),
    ("[\"a\u{0}\"]", .controlCharacter, 3), ("[\"\t\"]", .controlCharacter, 2), ("[\"a\nb\"]", .controlCharacter, 3),
    ("[\"\r\"]", .controlCharacter, 2), ("[\"\u{1f}\"]", .controlCharacter, 2),
    ("{\"a\u{1}\":1}", .controlCharacter, 3),
  ]

  @Test("is rejected with the reason and the offset if RFC 8259 does not allow it", arguments: refusals)
  func refuses(text: String, reason: JSONError.Reason, offset: Int) {
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
    #expect(error?.reason == reason)
    #expect(error?.offset == offset)
  }

  @Test("has errors of one line that say what is wrong and where")
  func description() {
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: Array("[1,]".utf8)) }
    #expect(error?.description == "unexpected character at byte 3")
  }

  @Test("is rejected at the first bad byte if it is not UTF-8", arguments: notUTF8)
  func utf8(bytes: [UInt8], offset: Int) {
    let document = Array("{\"a\":\"".utf8) + bytes + Array("\"}".utf8)
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: document) }
    #expect(error?.reason == .notUTF8)
    #expect(error?.offset == 6 + offset)
  }

  static let notUTF8: [(bytes: [UInt8], offset: Int)] = [
    ([0x80], 0), ([0xbf], 0), ([0x61, 0xff], 1), ([0xfe], 0), ([0xc3, 0xa9, 0xe9], 2),
    // Overlong forms
    ([0xc0, 0x80], 0), ([0xc0, 0xaf], 0), ([0xc1, 0xbf], 0), ([0xe0, 0x80, 0xaf], 0), ([0xe0, 0x9f, 0xbf], 0),
    ([0xf0, 0x80, 0x80, 0xaf], 0), ([0xf0, 0x8f, 0xbf, 0xbf], 0),
    // Surrogates
    ([0xed, 0xa0, 0x80], 0), ([0xed, 0xbf, 0xbf], 0), ([0xed, 0xa0, 0xb4, 0xed, 0xb4, 0x9e], 0),
    // Beyond U+10FFFF
    ([0xf4, 0x90, 0x80, 0x80], 0), ([0xf5, 0x80, 0x80, 0x80], 0), ([0xf8, 0x88, 0x80, 0x80, 0x80], 0),
    // Truncated
    ([0xc3], 0), ([0xe2, 0x82], 0), ([0xf0, 0x9d, 0x84], 0), ([0x61, 0xc3, 0x61], 1), ([0xe2, 0x82, 0x61], 0),
  ]

  @Test(
    "is rejected if it is truncated inside a character, or in UTF-16",
    arguments: [[0x22, 0xc3], [0xff, 0xfe, 0x5b, 0x00], [0xfe, 0xff, 0x00, 0x5b], [0xe9], [0x5b, 0x31, 0x5d, 0x80]])
  func otherEncodings(document: [UInt8]) {
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: document) }
    #expect(error?.reason == .notUTF8)
  }

  @Test("can be nested 512 levels deep", arguments: [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")])
  func depth(open: String, close: String) throws {
    let levels = 512 / open.filter { "[{".contains($0) }.count
    let text =
      String(repeating: open, count: levels) + "1" + String(repeating: close, count: levels)
    #expect(try JSONValue(parsing: Array(text.utf8)).bytes.count == text.utf8.count)
  }

  @Test("can't be nested deeper, however deep it goes", arguments: [513, 514, 1000, 100_000])
  func tooDeep(levels: Int) {
    let arrays = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    let objects = String(repeating: "{\"a\":", count: levels) + "1" + String(repeating: "}", count: levels)
    for (text, offset) in [(arrays, 512), (objects, 512 * 5), (String(repeating: "[", count: levels), 512)] {
      let error = #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
      #expect(error?.reason == .tooDeep)
      #expect(error?.offset == offset)
    }
  }

  @Test("counts its depth separately in every branch")
  func siblings() throws {
    let branch = String(repeating: "[", count: 511) + String(repeating: "]", count: 511)
    _ = try JSONValue(parsing: Array("[\(branch),\(branch),\(branch)]".utf8))
  }
}

extension String {
  fileprivate var trimmingJSONWhiteSpace: Substring {
    var text = self[...]
    while text.unicodeScalars.first.map({ " \t\r\n".unicodeScalars.contains($0) }) == true {
      text.unicodeScalars.removeFirst()
    }
    while text.unicodeScalars.last.map({ " \t\r\n".unicodeScalars.contains($0) }) == true {
      text.unicodeScalars.removeLast()
    }
    return text
  }
}
