public import Platform

/// Signs requests with AWS Signature Version 4.
///
/// The key of the day is derived once and kept, so that a warm signature is four short digests. Not thread-safe: a
/// signer belongs to one loop. See
/// [AWS Signature Version 4](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
public final class Signer {
  /// The region in the credential scope.
  public let region: String
  /// The service's signing name, such as `batch`.
  public let service: String

  private let sha256 = SHA256()
  private var cached: (secret: String, day: Substring, key: [UInt8])?

  /// A signer for one service in one region.
  public init(region: String, service: String) {
    self.region = region
    self.service = service
  }

  /// The lower-case hexadecimal SHA-256 of a body.
  public func payloadHash(_ body: [UInt8]) -> [UInt8] {
    sha256.digest(body).hexadecimal
  }

  /// The value of the `Authorization` header for a request sent at an instant.
  ///
  /// The request's headers hold `x-amz-date` of the same instant, and `x-amz-security-token` for temporary credentials.
  public func authorization(for request: CanonicalRequest, credentials: AWSCredentials, at time: Timestamp) -> String {
    let date = time.iso8601Basic
    let day = date.prefix(8)
    let scope = "\(day)/\(region)/\(service)/aws4_request"
    let (text, signedHeaders) = request.canonicalForm()
    var stringToSign = Array("AWS4-HMAC-SHA256\n\(date)\n\(scope)\n".utf8)
    stringToSign += sha256.digest(text).hexadecimal
    let signature = sha256.hmac(key: signingKey(credentials.secretAccessKey, day), stringToSign).hexadecimal
    var value = Array("AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope), SignedHeaders=".utf8)
    value += signedHeaders
    value += Array(", Signature=".utf8)
    value += signature
    return String(decoding: value, as: UTF8.self)
  }

  private func signingKey(_ secret: String, _ day: Substring) -> [UInt8] {
    if let cached, cached.secret == secret, cached.day == day { return cached.key }
    var key = Array("AWS4\(secret)".utf8)
    for part in [String(day), region, service, "aws4_request"] {
      key = sha256.hmac(key: key, Array(part.utf8))
    }
    cached = (secret, day, key)
    return key
  }
}
