/// A value of a JSON document, kept as its original bytes.
///
/// A document is validated once, when it is parsed, against [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259). Nested
/// values are slices, not copies, so that they can be forwarded byte for byte.
package struct JSONValue: Sendable {
  /// The maximum nesting depth of objects and arrays, counting the outermost as one.
  package static let maximumDepth = 512

  let document: [UInt8]
  let range: Range<Int>

  init(document: [UInt8], range: Range<Int>) {
    self.document = document
    self.range = range
  }

  /// Parses a document strictly: one value in UTF-8, optional white space around it, nothing else.
  ///
  /// A lone surrogate escape is grammatical; it is rejected only when the string is decoded.
  package init(parsing document: [UInt8]) throws(JSONError) {
    var validator = try JSONValidator(utf8: document)
    self.init(document: document, range: try validator.documentRange())
  }

  /// The value's original bytes.
  package var bytes: ArraySlice<UInt8> { document[range] }
}

extension JSONValue {
  /// The kind of a value, which its first character determines.
  package enum Kind: Equatable, Sendable, CustomStringConvertible {
    case object, array, string, number, boolean, null

    /// The kind in words, with an article.
    package var description: String {
      switch self {
      case .object: "an object"
      case .array: "an array"
      case .string: "a string"
      case .number: "a number"
      case .boolean: "true or false"
      case .null: "null"
      }
    }
  }

  /// The kind of this value.
  package var kind: Kind {
    switch document[range.lowerBound] {
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "n"): .null
    case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
    default: .number
    }
  }

  /// Whether this is the literal `true`.
  package var isTrue: Bool { document[range.lowerBound] == UInt8(ascii: "t") }

  /// The members of an object; throws if the value is not an object.
  package func object() throws(JSONError) -> JSONObject {
    guard kind == .object else { throw JSONError(.expected(.object), at: range.lowerBound) }
    return JSONObject(of: self)
  }

  /// The UTF-8 bytes of a string with its escapes resolved; throws for another kind of value or a lone surrogate.
  package func utf8() throws(JSONError) -> [UInt8] {
    guard kind == .string else { throw JSONError(.expected(.string), at: range.lowerBound) }
    return try JSONString.decode(document, range.lowerBound + 1..<range.upperBound - 1)
  }

  /// A string with its escapes resolved; throws for another kind of value or a lone surrogate.
  package func string() throws(JSONError) -> String {
    String(decoding: try utf8(), as: UTF8.self)
  }
}
