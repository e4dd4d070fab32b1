internal import HTTPTypes
package import Platform
package import SigV4

/// Rejects what AWS's front door rejects: a request without a current signature of its exact content by one key pair.
///
/// See [Troubleshoot Signature Version 4](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html).
package struct SignatureVerifier: Sendable {
  /// The region that the credential scope must name.
  let region: String
  /// The service that the credential scope must name, such as `batch`.
  let service: String
  /// The only key pair that is accepted.
  let credentials: AWSCredentials
  /// The clock that decides whether a signature is current.
  let clock: WallClock

  private static let terminator = "aws4_request"
  /// The largest accepted difference between a request's time and the clock, in minutes.
  private static let tolerance = 5

  /// A verifier for one service of one region.
  package init(region: String, service: String, credentials: AWSCredentials, clock: WallClock) {
    self.region = region
    self.service = service
    self.credentials = credentials
    self.clock = clock
  }

  /// Throws AWS's error unless the request is correctly signed.
  package func verify(_ request: BufferedRequest, body: [UInt8]) throws(SignatureError) {
    guard let value = request.headers[.authorization] else { throw .missingToken }
    let authorization = try AuthorizationHeader(parsing: value)
    guard let date = request.header("x-amz-date"), let time = Timestamp(iso8601Basic: date) else {
      throw .incompleteSignature(
        "Authorization header requires existence of a 'X-Amz-Date' header, such as 20261123T082529Z. "
          + "Authorization=\(AuthorizationHeader.algorithm)")
    }
    guard authorization.accessKeyID == credentials.accessKeyID,
      request.header("x-amz-security-token") == credentials.sessionToken
    else { throw .unknownToken }
    try checkScope(authorization, date: date)
    try checkTime(time)
    guard signature(of: request, body: body, authorization, at: time) == authorization.signature else {
      throw .signatureMismatch
    }
  }

  private func checkScope(_ authorization: AuthorizationHeader, date: String) throws(SignatureError) {
    var faults: [String] = []
    if authorization.region != region {
      faults.append("Credential should be scoped to a valid region, not '\(authorization.region)'. ")
    }
    if authorization.service != service {
      faults.append("Credential should be scoped to correct service: '\(service)'. ")
    }
    if authorization.terminator != Self.terminator {
      faults.append(
        "Credential should be scoped with a valid terminator: '\(Self.terminator)', not '\(authorization.terminator)'. "
      )
    }
    if authorization.date != date.prefix(8) {
      faults.append(
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
          + "'\(authorization.date)' != '\(date.prefix(8))', from '\(date)'.")
    }
    if !faults.isEmpty { throw .invalidSignature(faults.joined()) }
    guard authorization.signedHeaders.contains("host"), authorization.signedHeaders.contains("x-amz-date") else {
      throw .invalidSignature(
        "'Host' or ':authority' and 'X-Amz-Date' must be a 'SignedHeader' in the AWS Authorization.")
    }
  }

  private func checkTime(_ time: Timestamp) throws(SignatureError) {
    let now = clock.now
    let earliest = now - .seconds(60 * Self.tolerance)
    let latest = now + .seconds(60 * Self.tolerance)
    if time < earliest {
      throw .invalidSignature(
        "Signature expired: \(time.iso8601Basic) is now earlier than \(earliest.iso8601Basic) "
          + "(\(now.iso8601Basic) - \(Self.tolerance) min.)")
    }
    if latest < time {
      throw .invalidSignature(
        "Signature not yet current: \(time.iso8601Basic) is still later than \(latest.iso8601Basic) "
          + "(\(now.iso8601Basic) + \(Self.tolerance) min.)")
    }
  }

  /// The signature that the request should have, computed over the headers that it lists as signed.
  private func signature(
    of request: BufferedRequest, body: [UInt8], _ authorization: AuthorizationHeader, at time: Timestamp
  ) -> Substring {
    var headers: [HTTPHeader] = [("host", request.host ?? "")]
    headers += request.headers.map { ($0.name.canonicalName, $0.value) }
    let target = request.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let signer = Signer(region: region, service: service)
    let signed = signer.authorization(
      for: CanonicalRequest(
        method: request.method,
        canonicalPath: CanonicalRequest.canonicalPath(target[0]),
        canonicalQuery: CanonicalRequest.canonicalQuery(target.dropFirst().first ?? ""),
        headers: headers.filter { authorization.signedHeaders.contains($0.name[...]) },
        payloadHash: signer.payloadHash(body)),
      credentials: credentials, date: time.iso8601Basic)
    return signed.suffix(64)
  }
}

extension Timestamp {
  /// Parses an `X-Amz-Date` value, such as `20261123T082529Z`; nil for any other form.
  fileprivate init?(iso8601Basic text: String) {
    guard text.utf8.count == 16 else { return nil }
    var rfc3339 = ""
    for (index, character) in text.enumerated() {
      if index == 4 || index == 6 { rfc3339.append("-") }
      if index == 11 || index == 13 { rfc3339.append(":") }
      rfc3339.append(character)
    }
    self.init(rfc3339: rfc3339)
  }
}
