internal import Platform

/// Signs requests with AWS Signature Version 4.
///
/// The day's key is derived once and cached, so that a warm signature takes four short digests. Not thread-safe: a
/// signer belongs to one loop. See
/// [AWS Signature Version 4](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
package final class Signer {
  /// The region in the credential scope.
  package let region: String
  /// The service's signing name, such as `batch`.
  package let service: String

  private let sha256 = SHA256()
  private var cached: Day?

  /// The parts of a signature that stay the same for a day.
  private struct Day {
    let secret: [UInt8]
    /// The date, such as `20261123`.
    let date: Substring
    /// The credential scope, which begins with the date.
    let scope: [UInt8]
    let key: [UInt8]
  }

  /// A signer for one service in one region.
  package init(region: String, service: String) {
    self.region = region
    self.service = service
  }

  /// The lower-case hexadecimal SHA-256 of a body.
  package func payloadHash(_ body: [UInt8]) -> [UInt8] {
    sha256.digest(body).hexadecimal
  }

  /// The value of the `Authorization` header for a request with this `X-Amz-Date`, such as `20261123T082529Z`.
  ///
  /// The headers must include `x-amz-date` with the same value, and `x-amz-security-token` for temporary credentials.
  package func authorization(for request: CanonicalRequest, credentials: AWSCredentials, date: String) -> String {
    let day = day(date.prefix(8), secret: credentials.secretAccessKey)
    let (text, signedHeaders) = request.canonicalForm()
    var stringToSign: [UInt8] = []
    stringToSign.reserveCapacity(256)
    stringToSign += "AWS4-HMAC-SHA256\n".utf8
    stringToSign += date.utf8
    stringToSign.append(UInt8(ascii: "\n"))
    stringToSign += day.scope
    stringToSign.append(UInt8(ascii: "\n"))
    stringToSign += sha256.digest(text).hexadecimal
    var value: [UInt8] = []
    value.reserveCapacity(512)
    value += "AWS4-HMAC-SHA256 Credential=".utf8
    value += credentials.accessKeyID.utf8
    value.append(UInt8(ascii: "/"))
    value += day.scope
    value += ", SignedHeaders=".utf8
    value += signedHeaders
    value += ", Signature=".utf8
    value += sha256.hmac(key: day.key, stringToSign).hexadecimal
    return String(decoding: value, as: UTF8.self)
  }

  private func day(_ date: Substring, secret: String) -> Day {
    // Byte by byte: texts that String treats as equal can have different keys.
    let secret = Array(secret.utf8)
    if let cached, cached.date == date, cached.secret == secret { return cached }
    var key = Array("AWS4".utf8) + secret
    for part in [String(date), region, service, "aws4_request"] {
      key = sha256.hmac(key: key, Array(part.utf8))
    }
    let scope = Array("\(date)/\(region)/\(service)/aws4_request".utf8)
    let day = Day(secret: secret, date: date, scope: scope, key: key)
    cached = day
    return day
  }
}
