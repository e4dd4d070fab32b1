/// The reason why a text is not the expected JSON.
package struct JSONError: Error, Equatable, CustomStringConvertible {
  /// What is wrong.
  package let reason: Reason
  /// Where, in bytes from the start of the document.
  package let offset: Int

  /// An error at a byte of a document.
  package init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  /// An error for valid JSON that lacks something its reader needs.
  package static func missing(_ what: String) -> JSONError { JSONError(Reason("missing \(what)"), at: 0) }

  /// One line: what is wrong and at which byte.
  package var description: String { "\(reason) at byte \(offset)" }
}

extension JSONError {
  /// The faults a reader can name.
  package struct Reason: Equatable, Sendable, CustomStringConvertible {
    /// The fault in words.
    package let description: String

    init(_ description: String) {
      self.description = description
    }

    /// The text ends inside a value or before one.
    package static let unexpectedEnd = Reason("unexpected end")
    /// A byte that is not allowed in its place.
    package static let unexpectedByte = Reason("unexpected character")
    /// Something follows the value.
    package static let trailingValue = Reason("more text after the value")
    /// A control character (U+0000 to U+001F) that is not escaped.
    package static let controlCharacter = Reason("unescaped control character in a string")
    /// A backslash before a character that RFC 8259 doesn't allow there.
    package static let badEscape = Reason("unknown escape in a string")
    /// Half of a surrogate pair, which is not a character.
    package static let loneSurrogate = Reason("lone surrogate in a string")
    /// Bytes that are not UTF-8.
    package static let notUTF8 = Reason("invalid UTF-8")
    /// Objects and arrays nested deeper than `JSONValue.maximumDepth`.
    package static let tooDeep = Reason("nested deeper than \(JSONValue.maximumDepth) levels")
    /// A number that RFC 8259 does not allow.
    package static let badNumber = Reason("malformed number")
    /// A value that is not of the expected kind.
    package static func expected(_ kind: JSONValue.Kind) -> Reason { Reason("expected \(kind)") }
  }
}
