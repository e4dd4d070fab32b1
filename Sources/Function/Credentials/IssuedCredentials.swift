internal import Platform
internal import RawJSON
internal import SigV4

/// Credentials from a container endpoint, with their expiration time.
struct IssuedCredentials {
  let credentials: AWSCredentials
  /// When they expire; nil if the endpoint doesn't say.
  private let expiration: Timestamp?

  /// Reads `AccessKeyId`, `SecretAccessKey`, `Token` and `Expiration` (RFC 3339).
  init(json: [UInt8]) throws(JSONError) {
    let object = try JSONValue(parsing: json).object()
    guard let id = try object["AccessKeyId"]?.string(), let secret = try object["SecretAccessKey"]?.string() else {
      throw JSONError.missing("AccessKeyId or SecretAccessKey")
    }
    // An empty token counts as missing.
    let token = try object["Token"]?.string()
    guard id.isHeaderValue, token?.isHeaderValue ?? true else {
      throw JSONError.missing("AccessKeyId and Token that fit in a header")
    }
    credentials = AWSCredentials(
      accessKeyID: id, secretAccessKey: secret, sessionToken: token?.isEmpty == true ? nil : token)
    if let text = try object["Expiration"]?.string() {
      guard let time = Timestamp(rfc3339: text) else { throw JSONError.missing("a valid Expiration (RFC 3339, UTC)") }
      expiration = time
    } else {
      expiration = nil
    }
  }

  /// Whether they expire at or before an instant.
  func expires(by time: Timestamp) -> Bool {
    expiration.map { $0 <= time } ?? false
  }
}

extension String {
  /// Whether the text is valid as a header's value: visible ASCII characters and spaces only.
  var isHeaderValue: Bool { utf8.allSatisfy { 0x20 <= $0 && $0 < 0x7f } }
}
