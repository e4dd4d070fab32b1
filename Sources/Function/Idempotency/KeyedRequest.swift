internal import Platform
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
