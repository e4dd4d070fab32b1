import Foundation
import JSONTree
import Testing

@testable import LocalAPIGateway

@Suite("A model allows what JSON Schema draft 4 allows")
struct JSONSchemaTests {
  @Test("values are valid if Python's jsonschema says so; see Models/make.py")
  func models() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Models/models.json")
    guard case .array(let groups) = try JSON(parsing: Array(Data(contentsOf: file))) else {
      Issue.record("no list in models.json")
      return
    }
    #expect(groups.count >= 150)
    for group in groups {
      let (source, valid, invalid) = (group["schema"], group["valid"], group["invalid"])
      guard let source, case .array(let valid)? = valid, case .array(let invalid)? = invalid else {
        Issue.record("no schema or no values in \(group)")
        continue
      }
      let schema = try JSONSchema(source)
      for value in valid { #expect(schema.violations(in: value) == [], "\(value) by \(source)") }
      for value in invalid { #expect(schema.violations(in: value) != [], "\(value) by \(source)") }
    }
  }

  @Test(
    "violations have API Gateway's wording",
    arguments: [
      (
        #"{"type": "integer"}"#, "1.0",
        #"instance type (number) does not match any allowed primitive type (allowed: ["integer"])"#
      ),
      (
        #"{"type": ["number", "array"]}"#, #""x""#,
        #"instance type (string) does not match any allowed primitive type (allowed: ["array","integer","number"])"#
      ),
      (
        #"{"required": ["type", "b", "price"]}"#, #"{"b": 1}"#,
        #"object has missing required properties (["price","type"])"#
      ),
      (
        #"{"additionalProperties": false, "properties": {"a": {}}, "patternProperties": {"^b": {}}}"#,
        #"{"z": 1, "bb": 2, "c": 3, "a": 4}"#,
        #"object instance has properties which are not allowed by the schema: ["c","z"]"#
      ),
      (
        #"{"enum": ["a", 1.5, null]}"#, #""x""#,
        #"instance value ("x") not found in enum (possible values: ["a",1.5,null])"#
      ),
      (#"{"pattern": "^[a-z]$"}"#, #""X""#, #"ECMA 262 regex "^[a-z]$" does not match input string "X""#),
      (#"{"minLength": 2}"#, #""\ud83d\ude00""#, #"string "😀" is too short (length: 1, required minimum: 2)"#),
      (#"{"maxLength": 2}"#, #""abc""#, #"string "abc" is too long (length: 3, maximum allowed: 2)"#),
      (#"{"minimum": 2}"#, "1.5", "numeric instance is lower than the required minimum (minimum: 2, found: 1.5)"),
      (
        #"{"minimum": 2, "exclusiveMinimum": true}"#, "2.0",
        "numeric instance is not strictly greater than the required minimum 2"
      ),
      (#"{"maximum": 2}"#, "3", "numeric instance is greater than the required maximum (maximum: 2, found: 3)"),
      (
        #"{"maximum": 2, "exclusiveMaximum": true}"#, "2",
        "numeric instance is not strictly lower than the required maximum 2"
      ),
      (#"{"multipleOf": 0.1}"#, "0.35", "remainder of division is not zero (0.35 / 0.1)"),
      (#"{"minItems": 1}"#, "[]", "array is too short: must have at least 1 elements but instance has 0 elements"),
      (#"{"maxItems": 1}"#, "[1, 2]", "array is too long: must have at most 1 elements but instance has 2 elements"),
      (#"{"uniqueItems": true}"#, "[1, 1.0]", "array must not contain duplicate elements"),
      (
        #"{"items": [{}], "additionalItems": false}"#, "[1, 2]",
        "schema only allows 1 elements in array but instance has 2 elements"
      ),
      (#"{"minProperties": 1}"#, "{}", "object has too few properties (found 0 but schema requires at least 1)"),
      (
        #"{"maxProperties": 1}"#, #"{"a": 1, "b": 2}"#,
        "object has too many properties (found 2 but schema requires at most 1)"
      ),
      (
        #"{"dependencies": {"a": ["c", "b"]}}"#, #"{"a": 1, "c": 2}"#,
        #"property "a" of object has missing property dependencies (schema requires ["b","c"]; missing: ["b"])"#
      ),
      (
        #"{"dependencies": {"a": {"maxProperties": 1}}}"#, #"{"a": 1, "c": 2}"#,
        "object has too many properties (found 2 but schema requires at most 1)"
      ),
      (
        #"{"allOf": [{"minimum": 2}, {}]}"#, "1",
        "instance failed to match all required schemas (matched only 1 out of 2)"
      ),
      (
        #"{"anyOf": [{"minimum": 2}, {"type": "null"}]}"#, "1",
        "instance failed to match at least one required schema among 2"
      ),
      (#"{"oneOf": [{}, {"minimum": 0}]}"#, "1", "instance failed to match exactly one schema (matched 2 out of 2)"),
      (#"{"not": {}}"#, "1", "instance matched a schema which it should not have"),
    ])
  func message(schema: String, value: String, message: String) throws {
    let schema = try JSONSchema(JSON(parsing: Array(schema.utf8)))
    #expect(schema.violations(in: try JSON(parsing: Array(value.utf8))) == [message])
  }

  @Test("violations are in the keywords' alphabetical order, and members are checked only if their object is valid")
  func order() throws {
    let schema = try JSONSchema(
      JSON(
        parsing: Array(
          #"""
          {"type": "object", "required": ["x"], "minProperties": 5, "properties": {"b": {"minimum": 9, "enum": [10]},
          "a": {"type": "string"}, "c": {"items": {"type": "null"}}}}
          """#.utf8)))
    #expect(
      schema.violations(in: try JSON(parsing: Array(#"{"b": 1}"#.utf8))) == [
        "object has too few properties (found 1 but schema requires at least 5)",
        #"object has missing required properties (["x"])"#,
      ])
    #expect(
      schema.violations(in: try JSON(parsing: Array(#"{"x": 0, "y": 0, "c": [1], "b": 1, "a": 1}"#.utf8))) == [
        #"instance type (integer) does not match any allowed primitive type (allowed: ["string"])"#,
        "instance value (1) not found in enum (possible values: [10])",
        "numeric instance is lower than the required minimum (minimum: 9, found: 1)",
      ])
  }

  @Test("names and strings are equal only if their code points are, not if they merely look equal")
  func text() throws {
    let schema = try JSONSchema(
      JSON(
        parsing: Array(
          #"{"additionalProperties": false, "properties": {"K": {"enum": ["\u00e9"]}}}"#.utf8)))
    #expect(schema.violations(in: try JSON(parsing: Array(#"{"K": "\u00e9"}"#.utf8))) == [])
    #expect(schema.violations(in: try JSON(parsing: Array(#"{"K": "e\u0301"}"#.utf8))).count == 1)
    #expect(schema.violations(in: try JSON(parsing: Array(#"{"\u212a": "\u00e9"}"#.utf8))).count == 1)
  }

  @Test("a reference points into the document, and may be recursive through a member or an item")
  func references() throws {
    let document = try JSON(
      parsing: Array(
        #"""
        {"$ref": "#/components/schemas/Tree", "components": {"schemas": {"Tree": {"type": "object", "properties": {"name": {"$ref": "#/components/schemas/Name"},
        "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}}, "additionalProperties": false},
        "Name": {"type": "string", "maxLength": 3}}}}
        """#.utf8))
    let schema = try JSONSchema(document)
    #expect(
      schema.violations(in: try JSON(parsing: Array(#"{"children": [{"children": []}, {"name": "abc"}]}"#.utf8))) == [])
    #expect(
      schema.violations(in: try JSON(parsing: Array(#"{"children": [{"children": [{"name": "abcd"}]}]}"#.utf8)))
        == [#"string "abcd" is too long (length: 4, maximum allowed: 3)"#])
    let deep = String(repeating: #"{"children":["#, count: 255) + "1" + String(repeating: "]}", count: 255)
    #expect(schema.violations(in: try JSON(parsing: Array(deep.utf8))).count == 1)
  }

  @Test(
    "an invalid schema is an error with the place and the fix",
    arguments: [
      (#"[]"#, "#: must be an object"),
      (##"{"items": 1}"##, "#/items: must be an object"),
      (
        #"{"properties": {"a/b": {"type": "strin"}}}"#,
        "#/properties/a~1b/type: \"strin\" is not a type; write one of array, boolean, integer, null, number, object, string"
      ),
      (##"{"required": true}"##, "#/required: must be a list with at least one element"),
      (##"{"required": ["a", "a"]}"##, "#/required: must not repeat a name"),
      (##"{"allOf": [{}, {"minLength": -1}]}"##, "#/allOf/1/minLength: must be an integer of 0 or more"),
      (##"{"exclusiveMinimum": 1}"##, "#/exclusiveMinimum: must be true or false"),
      (##"{"multipleOf": 0}"##, "#/multipleOf: must be a number above 0 of at most 18 digits"),
      (##"{"pattern": "a**"}"##, "#/pattern: the pattern a** has nothing to repeat before *; write \\ before it"),
      (
        #"{"patternProperties": {"(": {}}}"#,
        "#/patternProperties/(: the pattern ( is not a valid regular expression; check its parentheses, repetitions and \\1"
      ),
      (
        ##"{"not": {"$ref": "#/definitions/x"}}"##,
        "#/not/$ref: refers to #/definitions/x, which doesn't exist; fix it"
      ),
      (
        #"{"$ref": "http://example.com/x"}"#,
        "#/$ref: must be a reference within the document; write #/ and the path, as in #/components/schemas/Job"
      ),
      (
        ##"{"anyOf": [{"type": "null"}, {"$ref": "#"}]}"##,
        "#: refers to itself for the same value; refer to it only from a property or an item"
      ),
      (
        ##"{"items": {"$ref": "#/definitions/a"}, "definitions": {"a": {"allOf": [{"$ref": "#/definitions/a"}]}}}"##,
        "#/definitions/a: refers to itself for the same value; refer to it only from a property or an item"
      ),
      (
        ##"{"properties": {"a": {"$ref": "#/properties/b"}, "b": {"enum": []}}}"##,
        "#/properties/b/enum: must be a list with at least one element"
      ),
    ])
  func wrongSchema(source: String, message: String) throws {
    let source = try JSON(parsing: Array(source.utf8))
    let error = #expect(throws: JSONSchemaError.self) { try JSONSchema(source) }
    #expect(error?.description == message)
  }
}
