internal import HTTPTransport
internal import Platform
package import SigV4

extension HTTPTarget {
  /// What requests to a stage with IAM authorization are signed with.
  package struct Signing: Sendable {
    /// The caller's credentials.
    package let credentials: AWSCredentials
    /// The region of the API.
    package let region: String

    /// Credentials, and the region that they are used in.
    package init(credentials: AWSCredentials, region: String) {
      self.credentials = credentials
      self.region = region
    }
  }
}

extension HTTPTarget.Signing {
  /// What makes the signatures; it belongs to one caller.
  var signer: Signer { Signer(region: region, service: "execute-api") }

  /// The headers of a POST, Host among them, with those of its signature.
  func signed(
    _ headers: [HTTPRequest.Header], body: [UInt8], to url: HTTPURL, by signer: Signer, at time: Timestamp
  ) -> [HTTPRequest.Header] {
    var headers = headers
    headers.append(("X-Amz-Date", time.iso8601Basic))
    if let token = credentials.sessionToken { headers.append(("X-Amz-Security-Token", token)) }
    let parts = url.path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let canonical = CanonicalRequest(
      method: "POST", canonicalPath: CanonicalRequest.canonicalPath(String(parts.first ?? "")),
      canonicalQuery: Self.canonicalQuery(parts.dropFirst().first ?? ""), headers: headers,
      payloadHash: signer.payloadHash(body))
    headers.append(("Authorization", signer.authorization(for: canonical, credentials: credentials, at: time)))
    return headers
  }

  /// The parameters as they are written, a value behind each, and sorted.
  private static func canonicalQuery(_ query: Substring) -> String {
    let pairs = query.split(separator: "&").map { parameter in
      let pair = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (name: String(pair[0]), value: pair.count > 1 ? String(pair[1]) : "")
    }
    return pairs.sorted { ($0.name, $0.value) < ($1.name, $1.value) }.map { "\($0.name)=\($0.value)" }
      .joined(separator: "&")
  }
}
