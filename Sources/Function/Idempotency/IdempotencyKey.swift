internal import Platform

/// The value of an `Idempotency-Key` header: 1 to 255 printable ASCII characters.
///
/// A Structured Field String ([RFC 9651](https://www.rfc-editor.org/rfc/rfc9651#name-strings)), as the header's draft
/// has it, or the bare text, as Stripe's clients send it: `"abc"` and `abc` are the same key.
package struct IdempotencyKey: Equatable, Sendable {
  /// The header's name, in a detail for the caller.
  package static let header = "Idempotency-Key"

  /// The key, without quotation marks and escapes.
  let text: String

  /// The key in a request's header lines; nil if there isn't one.
  package init?(headerLines: [String]) throws(IdempotencyKeyError) {
    guard let value = headerLines.first else { return nil }
    guard headerLines.count == 1 else { throw .several }
    let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    var bytes = Array(value.utf8).drop(while: isSpace)
    while let last = bytes.last, isSpace(last) { bytes.removeLast() }
    let key: [UInt8]
    if bytes.first == UInt8(ascii: "\"") {
      key = try Self.unquoted(bytes.dropFirst())
    } else {
      // API Gateway joins the lines of a header by commas, so that a bare key with one may be two.
      guard !bytes.contains(UInt8(ascii: ",")) else { throw .several }
      key = Array(bytes)
    }
    guard (1...255).contains(key.count), key.allSatisfy({ 0x20...0x7e ~= $0 }) else { throw .malformed }
    text = String(decoding: key, as: UTF8.self)
  }

  /// The text of a quoted string, after its first quotation mark.
  private static func unquoted(_ bytes: ArraySlice<UInt8>) throws(IdempotencyKeyError) -> [UInt8] {
    var text: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""):
        guard rest.isEmpty else { throw rest.contains(UInt8(ascii: ",")) ? .several : .malformed }
        return text
      case UInt8(ascii: "\\"):
        guard let escaped = rest.popFirst(), escaped == UInt8(ascii: "\"") || escaped == UInt8(ascii: "\\") else {
          throw .malformed
        }
        text.append(escaped)
      default: text.append(byte)
      }
    }
    throw .malformed
  }
}

/// The reason why a request's `Idempotency-Key` can't be used.
package enum IdempotencyKeyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The header is neither a quoted string nor a bare text of 1 to 255 printable ASCII characters.
  case malformed
  /// There is more than one header line, or a list.
  case several
  /// The function has no table to remember keys in.
  case unavailable
  /// The function requires a key, and the request doesn't have one.
  case missing

  /// One line for the caller: what is wrong, and what to do.
  package var description: String {
    switch self {
    case .malformed:
      "The Idempotency-Key is not valid. Send 1 to 255 printable ASCII characters, such as a UUID, in quotation marks or "
        + "without."
    case .several:
      "There is more than one Idempotency-Key. Send one, and put it in quotation marks if it contains a comma."
    case .unavailable:
      "This function doesn't support Idempotency-Key, so it can't promise that the request makes only one job. Send it "
        + "without the header, or have the function's owner set IDEMPOTENCY_TABLE."
    case .missing:
      "This function requires an Idempotency-Key. Send one that is unique to the job, such as a UUID, and the same again "
        + "whenever you repeat the request."
    }
  }
}
