internal import SigV4

/// What identifies a request with a key: whose it is, and what it asks for.
package struct KeyedRequest: Equatable, Sendable {
  /// The base64url SHA-256 of the caller and the key: the request's tag, and the source of its job's name.
  package let hash: String
  /// The base64url SHA-256 of queue, definition and body. The same key with another is another request.
  package let validation: String

  /// The identity of all requests for which nothing in front of the function has determined a caller.
  private static let everybody = "everybody"

  /// A request of a caller, or of everybody if the caller is nil.
  package init(key: IdempotencyKey, caller: String?, jobQueue: String, jobDefinition: String, body: [UInt8]) {
    let sha256 = SHA256()
    func digest(_ parts: String..., body: [UInt8] = []) -> String {
      // None of the parts contains a NUL, except possibly the caller, which comes first.
      var bytes: [UInt8] = []
      for part in parts {
        bytes += part.utf8
        bytes.append(0)
      }
      return sha256.digest(prefix: bytes, body).base64URL
    }
    hash = digest(caller.map { "caller \($0)" } ?? Self.everybody, key.text)
    validation = digest(jobQueue, jobDefinition, body: body)
  }
}

extension [UInt8] {
  /// The bytes in the base64url of [RFC 4648](https://www.rfc-editor.org/rfc/rfc4648#section-5), without padding.
  var base64URL: String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var text: [UInt8] = []
    var (bits, count) = (0, 0)
    for byte in self {
      bits = bits << 8 | Int(byte)
      count += 8
      while count >= 6 {
        count -= 6
        text.append(digits[bits >> count & 0x3f])
      }
      bits &= 1 << count - 1
    }
    if count > 0 { text.append(digits[bits << (6 - count) & 0x3f]) }
    return String(decoding: text, as: UTF8.self)
  }
}
