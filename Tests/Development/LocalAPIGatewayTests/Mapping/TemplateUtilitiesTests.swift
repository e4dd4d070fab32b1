import JSONTree
import Testing
import VelocityTemplate

@testable import LocalAPIGateway

@Suite("$util in a mapping template")
struct TemplateUtilitiesTests {
  private func call(_ method: String, _ argument: String) throws -> String? {
    guard case .string(let text) = try TemplateUtilities().call(method, [.string(argument)]) else { return nil }
    return text
  }

  @Test(
    "escapes for JavaScript like Commons Lang",
    arguments: [
      ("", ""), ("0010", "0010"), (#"it's "quoted""#, #"it\'s \"quoted\""#), (#"a\b/c"#, #"a\\b\/c"#),
      ("\u{8}\t\n\u{c}\r", #"\b\t\n\f\r"#), ("\0\u{1f}\u{7f}\u{80}", "\\u0000\\u001F\u{7f}\\u0080"),
      ("é€😀", #"\u00E9\u20AC\uD83D\uDE00"#), ("</script>", #"<\/script>"#),
    ])
  func escape(text: String, escaped: String) throws {
    #expect(try call("escapeJavaScript", text) == escaped)
  }

  @Test("escapes so that text can't break out of a JSON string")
  func breakingOut() throws {
    let exchange = Exchange(body: #"{"n": "x\",\"containerOverrides\":{\"command\":[\"'\"]},\"y\":\"é\u0000"}"#)
    let text = try exchange.evaluate(
      #"{"jobName":"$util.escapeJavaScript($input.path('$.n')).replaceAll("\\'", "'")"}"#)
    let json = try JSON(parsing: Array(text.utf8))
    #expect(
      json
        == .object([
          .init(name: "jobName", value: .string("x\",\"containerOverrides\":{\"command\":[\"'\"]},\"y\":\"é\0"))
        ]))
  }

  @Test(
    "encodes and decodes like Java's URLEncoder and URLDecoder",
    arguments: [
      ("", ""), ("x=a+b", "x%3Da%2Bb"), ("a b", "a+b"), ("AZaz09.-*_", "AZaz09.-*_"),
      ("~!'()/é😀", "%7E%21%27%28%29%2F%C3%A9%F0%9F%98%80"),
    ])
  func form(text: String, encoded: String) throws {
    #expect(try call("urlEncode", text) == encoded)
    #expect(try call("urlDecode", encoded) == text)
  }

  @Test("decodes lower-case digits and invalid UTF-8")
  func decoding() throws {
    #expect(try call("urlDecode", "a%3a%2f+%ff") == "a:/ \u{fffd}")
    #expect(try call("urlDecode", "my%20job%3A3") == "my job:3")
  }

  @Test(
    "encodes and decodes Base64",
    arguments: [
      ("", ""), ("a", "YQ=="), ("é?>", "w6k/Pg=="), (#"{"message": "path1"}"#, "eyJtZXNzYWdlIjogInBhdGgxIn0="),
    ])
  func base64(text: String, encoded: String) throws {
    #expect(try call("base64Encode", text) == encoded)
    #expect(try call("base64Decode", encoded) == text)
    #expect(try call("base64Decode", encoded.replacing("=", with: "").replacing("/", with: "_")) == text)
  }

  @Test(
    "parses JSON",
    arguments: [
      ("$util.parseJson('[1,2,3]')[0]", "1"), (#"$util.parseJson('{"key2":{"arr":[1,2]}}').key2.arr[1]"#, "2"),
      (#"$util.parseJson('"string"')"#, "string"), ("$util.parseJson('1')", "1"),
      ("#if($util.parseJson('true'))yes#end", "yes"), ("$util.parseJson('[]').size()", "0"),
      (#"$util.parseJson('{"a":[{"b":null}]}')"#, #"{a=[{"b":null}]}"#), ("[$util.parseJson('null')]", "[]"),
    ])
  func parse(template: String, text: String) throws {
    #expect(try Exchange().evaluate(template) == text)
  }

  @Test("uses numbers and lists as text, and returns null for null")
  func kinds() throws {
    let template =
      "$util.escapeJavaScript(1) $util.escapeJavaScript($input.path('$.l')) [$util.escapeJavaScript($nope)]"
    #expect(try Exchange(body: #"{"l": ["a"]}"#).evaluate(template) == #"1 [\"a\"] []"#)
  }

  @Test(
    "rejects invalid calls",
    arguments: [
      ("$util.urlDecode('%zz')", "without two hexadecimal digits"), ("$util.urlDecode('a%2')", "hexadecimal"),
      ("$util.base64Decode('?!')", "isn't Base64"), ("$util.parseJson('{a')", "isn't JSON"),
      ("$util.urlEncode()", "takes other arguments"), ("$util.toJson('a')", "does not exist"),
    ])
  func refusals(template: String, reason: String) {
    let error = #expect(throws: TemplateError.self) { try Exchange().evaluate(template) }
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
  }
}
