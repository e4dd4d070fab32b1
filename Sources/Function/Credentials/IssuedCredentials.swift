internal import Platform
internal import RawJSON
internal import SigV4

/// Credentials as a container endpoint issues them, with their end.
struct IssuedCredentials {
  let credentials: AWSCredentials
  /// When they end; nil for credentials that do not say.
  private let expiration: Timestamp?

  /// Reads `AccessKeyId`, `SecretAccessKey`, `Token` and `Expiration` (RFC 3339).
  init(json: [UInt8]) throws(JSONError) {
    let object = try JSONValue(parsing: json).object()
    guard let id = try object["AccessKeyId"]?.string(), let secret = try object["SecretAccessKey"]?.string() else {
      throw JSONError.missing("AccessKeyId or SecretAccessKey")
    }
    // An empty token is none.
    let token = try object["Token"]?.string()
    guard id.isHeaderValue, token?.isHeaderValue ?? true else {
      throw JSONError.missing("AccessKeyId and Token that a header can hold")
    }
    credentials = AWSCredentials(
      accessKeyID: id, secretAccessKey: secret, sessionToken: token?.isEmpty == true ? nil : token)
    if let text = try object["Expiration"]?.string() {
      guard let time = Timestamp(rfc3339: text) else { throw JSONError.missing("an Expiration in RFC 3339 and UTC") }
      expiration = time
    } else {
      expiration = nil
    }
  }

  /// Whether they end at or before an instant.
  func expires(by time: Timestamp) -> Bool {
    expiration.map { $0 <= time } ?? false
  }
}

extension String {
  /// Whether a header can hold the text as its value: visible characters of ASCII, and spaces.
  var isHeaderValue: Bool { utf8.allSatisfy { 0x20 <= $0 && $0 < 0x7f } }
}
