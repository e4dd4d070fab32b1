// Reads JSON documents on standard input, each after its length (four bytes, little-endian), and writes a line for
// each: what RawJSON makes of it, or why it refuses it. `Tests/Conformance/test_json.py` holds them against Python's.

import Glibc
import RawJSON

guard let input = fdopen(STDIN_FILENO, "r") else { exit(EX_IOERR) }

func read(_ count: Int) -> [UInt8]? {
  var bytes = [UInt8](repeating: 0, count: count)
  return fread(&bytes, 1, count, input) == count ? bytes : nil
}

/// What both readers make of a document: the one of values, and the one of an event, which cuts an object at once.
func line(for document: [UInt8]) -> String {
  let value: JSONValue
  do throws(JSONError) {
    value = try JSONValue(parsing: document)
  } catch {
    return refusal(ofObject: document) == error ? "-\(error)" : "!JSONObject does not refuse it so"
  }
  var line = "+"
  describe(value, into: &line)
  if value.kind == .object {
    guard let object = try? JSONObject(parsing: document) else { return "!JSONObject refuses it" }
    var other = "+"
    describe(object, into: &other)
    if other != line { return "!JSONObject reads \(other)" }
  }
  return line
}

func refusal(ofObject document: [UInt8]) -> JSONError? {
  do throws(JSONError) {
    _ = try JSONObject(parsing: document)
    return nil
  } catch {
    return error
  }
}

/// Adds every value in a value, read by the calls that the function makes: strings in hexadecimal, scalars as written.
func describe(_ value: JSONValue, into line: inout String) {
  if let object = try? value.object() {
    describe(object, into: &line)
  } else if let elements = try? value.array() {
    line += "["
    for element in elements { describe(element, into: &line) }
    line += "]"
  } else if value.kind == .string {
    describe(try? value.utf8(), into: &line)
  } else {
    line += String(decoding: value.bytes, as: UTF8.self) + ","
  }
}

func describe(_ object: JSONObject, into line: inout String) {
  line += "{"
  for member in object.members {
    describe((try? member.name()).map { Array($0.utf8) }, into: &line)
    describe(member.value, into: &line)
  }
  line += "}"
}

/// Adds a string, or a question mark for one with a lone surrogate, which isn't text.
func describe(_ text: [UInt8]?, into line: inout String) {
  guard let text else { return line += "?," }
  for byte in text {
    line += byte < 16 ? "0" : ""
    line += String(byte, radix: 16)
  }
  line += ";"
}

while let length = read(4) {
  let count = length.reversed().reduce(0) { $0 << 8 | Int($1) }
  guard let document = read(count) else { exit(EX_DATAERR) }
  print(line(for: document))
}
