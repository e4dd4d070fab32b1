// Reads JSON documents on standard input, each after its length (four bytes, little-endian), and writes a line for
// each: what RawJSON makes of it, or why it refuses it. `Tests/Conformance/test_json.py` holds them against Python's.

import Glibc
import RawJSON

guard let input = fdopen(STDIN_FILENO, "r") else { exit(EX_IOERR) }

func read(_ count: Int) -> [UInt8]? {
  var bytes = [UInt8](repeating: 0, count: count)
  return fread(&bytes, 1, count, input) == count ? bytes : nil
}

/// Every value in the document, through the calls that the function makes: strings in hexadecimal, scalars as written.
func describe(_ value: JSONValue, into line: inout String) throws(JSONError) {
  switch value.kind {
  case .object:
    line += "{"
    let object = try value.object()
    for member in object.members {
      appendText(line: &line) { () throws(JSONError) in Array(try member.name().utf8) }
      try describe(member.value, into: &line)
    }
    line += "}"
  case .array:
    line += "["
    for element in try value.array() { try describe(element, into: &line) }
    line += "]"
  case .string: appendText(line: &line) { () throws(JSONError) in try value.utf8() }
  case .number, .boolean, .null: line += String(decoding: value.bytes, as: UTF8.self) + ","
  }
}

/// Adds a string, or a question mark for one with a lone surrogate, which is no text.
func appendText(line: inout String, _ text: () throws(JSONError) -> [UInt8]) {
  guard let bytes = try? text() else { return line += "?," }
  for byte in bytes {
    line += byte < 16 ? "0" : ""
    line += String(byte, radix: 16)
  }
  line += ";"
}

while let length = read(4) {
  let count = length.reversed().reduce(0) { $0 << 8 | Int($1) }
  guard let document = read(count) else { exit(EX_DATAERR) }
  do throws(JSONError) {
    let value = try JSONValue(parsing: document)
    var line = "+"
    try describe(value, into: &line)
    print(line)
  } catch {
    print("-\(error)")
  }
}
