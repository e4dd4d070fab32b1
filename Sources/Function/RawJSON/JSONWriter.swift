/// Writes one JSON object, member by member, without white space.
package struct JSONWriter {
  private var buffer: [UInt8] = [UInt8(ascii: "{")]
  private let escapesInvisible: Bool

  /// A writer of an empty object; `escapesInvisible`, for logs, also escapes the characters that `VisibleText` lists.
  package init(capacity: Int = 512, escapesInvisible: Bool = false) {
    self.escapesInvisible = escapesInvisible
    buffer.reserveCapacity(capacity)
  }

  /// The object with the members added so far.
  package var bytes: [UInt8] { buffer + [UInt8(ascii: "}")] }

  /// Adds a string.
  package mutating func member(_ name: StaticString, _ value: String) {
    begin(name)
    string(value)
  }

  /// Adds a string, given as UTF-8 bytes.
  package mutating func member(_ name: StaticString, utf8 value: [UInt8]) {
    begin(name)
    string(value.span)
  }

  /// Adds a string under a name that is text, too.
  package mutating func member(named name: String, _ value: String) {
    separate()
    string(name)
    buffer.append(UInt8(ascii: ":"))
    string(value)
  }

  /// Adds an integer.
  package mutating func member(_ name: StaticString, _ value: Int) {
    begin(name)
    buffer += Array(String(value).utf8)
  }

  /// Adds `true` or `false`.
  package mutating func member(_ name: StaticString, _ value: Bool) {
    begin(name)
    buffer += Array((value ? "true" : "false").utf8)
  }

  /// Adds an object whose values are strings, or arrays of one string each.
  package mutating func member(_ name: StaticString, _ values: [(name: String, value: String)], asArrays: Bool = false)
  {
    begin(name)
    buffer.append(UInt8(ascii: "{"))
    for (name, value) in values {
      if buffer.last != UInt8(ascii: "{") { buffer.append(UInt8(ascii: ",")) }
      string(name)
      buffer.append(UInt8(ascii: ":"))
      if asArrays { buffer.append(UInt8(ascii: "[")) }
      string(value)
      if asArrays { buffer.append(UInt8(ascii: "]")) }
    }
    buffer.append(UInt8(ascii: "}"))
  }

  /// Adds an object, whose members a closure writes.
  package mutating func object(_ name: StaticString, _ write: (inout JSONWriter) -> Void) {
    begin(name)
    buffer.append(UInt8(ascii: "{"))
    write(&self)
    buffer.append(UInt8(ascii: "}"))
  }

  /// Adds members that are already JSON, unchanged: the text between an object's braces.
  package mutating func members(written bytes: ArraySlice<UInt8>) {
    if bytes.isEmpty { return }
    separate()
    buffer += bytes
  }

  private mutating func begin(_ name: StaticString) {
    separate()
    buffer.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { buffer.append(contentsOf: $0) }
    buffer.append(UInt8(ascii: "\""))
    buffer.append(UInt8(ascii: ":"))
  }

  private mutating func separate() {
    // Only an object that has just begun ends in a brace that opens: a value never does.
    if buffer.last != UInt8(ascii: "{") { buffer.append(UInt8(ascii: ",")) }
  }

  private mutating func string(_ text: String) {
    string(text.utf8.span)
  }

  private mutating func string(_ text: borrowing Span<UInt8>) {
    buffer.append(UInt8(ascii: "\""))
    if escapesInvisible {
      VisibleText.append(text, to: &buffer)
      buffer.append(UInt8(ascii: "\""))
      return
    }
    var index = 0
    while true {
      let end = PlainText.end(in: text, from: index)
      text.extracting(index..<end).withUnsafeBufferPointer { unsafe buffer.append(contentsOf: $0) }
      if end == text.count { break }
      JSONString.appendEscape(of: text[end], to: &buffer)
      index = end + 1
    }
    buffer.append(UInt8(ascii: "\""))
  }
}
