import DevelopmentTestSupport
import JSONTree
import Testing

@testable import SAMTemplate

@Suite("A template file")
struct TemplateNodeTests {
  private func node(_ yaml: String) throws -> TemplateNode { try TemplateNode(yaml: yaml, file: "t.yaml") }

  private func failure(_ yaml: String) -> String? {
    do {
      _ = try node(yaml)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("keeps its keys as strings, and the line and path of every value")
  func places() throws {
    let root = try node("paths:\n  /jobs.x:\n    responses:\n      200:\n        - a\n        - !Ref B\n")
    let responses = try #require(root["paths"]?["/jobs.x"]?["responses"])
    #expect(responses.line == 3)
    #expect(responses.path == "paths./jobs.x.responses")
    let elements = try #require(responses["200"]?.elements)
    #expect(elements.map(\.line) == [5, 6])
    #expect(elements.map(\.path) == ["paths./jobs.x.responses.200[0]", "paths./jobs.x.responses.200[1]"])
  }

  @Test("in JSON may have characters as pairs of escaped surrogates")
  func surrogates() throws {
    let root = try node(#" {"a": "\uD83D\uDE00 \ud83d\udE00", "b": "\\ud83d\\ude00", "c": "\u00e9\/\n"}"#)
    #expect(root.entries.map(\.value.text) == ["😀 😀", #"\ud83d\ude00"#, "é/\n"])
  }

  @Test("has functions in equivalent short and long forms")
  func forms() throws {
    let pairs = [
      ("!Ref A", "{Ref: A}"), ("!Sub '${A}'", "{'Fn::Sub': '${A}'}"), ("!GetAtt A.Arn", "{'Fn::GetAtt': A.Arn}"),
      ("!Join [',', [a]]", "{'Fn::Join': [',', [a]]}"), ("!If [C, a, b]", "{'Fn::If': [C, a, b]}"),
      ("!Base64 a", #"{"Fn::Base64": "a"}"#),
    ]
    for (short, long) in pairs {
      let (one, other) = (try node("A: \(short)")["A"], try node("A: \(long)")["A"])
      #expect(one?.function?.name == other?.function?.name)
      #expect(one?.function != nil)
      #expect(one?.function?.argument.path == "A" && other?.function?.argument.path == "A")
    }
    #expect(try node("A: !Condition C")["A"]?["Condition"]?.text == "C")
  }

  @Test("may be JSON")
  func json() throws {
    let root = try node("{\n\t\"A\": {\"Fn::Sub\": \"x\"},\n\t\"B\": [1, true]\n}")
    #expect(root["A"]?.function?.argument.text == "x")
    #expect(root["B"]?.elements?.map(\.text) == ["1", "true"])
    #expect(root["B"]?.line == 3)
  }

  @Test(
    "that isn't YAML is rejected with the line",
    arguments: [
      ("A:\n  - b\n c: d\n", "t.yaml:3: is not valid YAML: did not find expected key"),
      ("A: 'b\n", "t.yaml:2: is not valid YAML: found unexpected end of stream"),
      ("A: 1\nB: 2\nA: 3\n", "t.yaml:1: is not valid YAML: the key A occurs twice"),
      ("A: 1\n'A': 3\n", "t.yaml:1: is not valid YAML: the key A occurs twice"),
      ("200: 1\n\"200\": 3\n", "t.yaml:1: is not valid YAML: the key 200 occurs twice"),
      ("A: *b\n", "t.yaml:1: is not valid YAML: found undefined alias"),
      ("A: 1\n---\nB: 1\n", "t.yaml:2: is not valid YAML: but found another document"),
      ("A: 1\nB: \u{1}\n", "t.yaml:2: is not valid YAML: control characters are not allowed"),
      ("", "t.yaml: is empty"),
      ("A:\n  <<: {b: c}\n", "t.yaml:2: A: has a merge key"),
      ("A:\n  [b]: c\n", "t.yaml:2: A: has a key that is not a string"),
    ])
  func broken(yaml: String, message: String) {
    let failure = failure(yaml)
    #expect(failure?.hasPrefix(message) == true, "\(failure ?? "no error")")
  }

  @Test("is rejected if aliases make it huge, or if it is nested too deeply")
  func limits() {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...8 {
      bomb += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ",") + "]\n"
    }
    #expect(failure(bomb)?.contains("use fewer aliases") == true)
    let deep = String(repeating: "[", count: 300) + String(repeating: "]", count: 300)
    #expect(failure("A: \(deep)")?.contains("nest less") == true)
  }

  @Test("may use aliases")
  func aliases() throws {
    let root = try node("A: &a\n  b: c\nD: *a\n")
    #expect(root["D"]?["b"]?.text == "c")
    #expect(root["D"]?["b"]?.path == "D.b")
  }
}
