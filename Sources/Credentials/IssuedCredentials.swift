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
    guard let id = object["AccessKeyId"], let secret = object["SecretAccessKey"] else {
      throw JSONError.missing("AccessKeyId or SecretAccessKey")
    }
    credentials = AWSCredentials(
      accessKeyID: try id.string(), secretAccessKey: try secret.string(), sessionToken: try object["Token"]?.string())
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
