package import HTTPTransport
package import Platform
package import SigV4

/// Builds requests to an AWS service, signed with Signature Version 4: the only place that does.
///
/// Not thread-safe, because the day's key is cached: it belongs to one loop.
package struct RequestSigner {
  private let endpoint: ServiceEndpoint
  private let signer: Signer

  /// A signer of requests to one endpoint.
  package init(_ endpoint: ServiceEndpoint) {
    self.endpoint = endpoint
    signer = Signer(region: endpoint.region, service: endpoint.service)
  }

  /// A request signed at an instant, which must not be sent twice.
  ///
  /// The path, with a leading slash, and the query are percent-encoded, as they are sent. All the headers are signed;
  /// they must not include Host, Authorization, X-Amz-Date and X-Amz-Security-Token, which are added. Headers that may
  /// change on the way can be appended to the result.
  package func request(
    _ method: HTTPRequest.Method, _ path: String, query: String = "", headers: [HTTPHeader],
    credentials: AWSCredentials, at time: Timestamp
  ) -> HTTPRequest {
    let path = endpoint.path + path
    let date = time.iso8601Basic
    var headers = headers
    headers.reserveCapacity(headers.count + 4)
    headers.append(("Host", endpoint.authority))
    headers.append(("X-Amz-Date", date))
    if let token = credentials.sessionToken { headers.append(("X-Amz-Security-Token", token)) }
    let canonical = CanonicalRequest(
      method: method.name, canonicalPath: CanonicalRequest.canonicalPath(path),
      canonicalQuery: CanonicalRequest.canonicalQuery(query), headers: headers,
      payloadHash: signer.payloadHash(method.body))
    headers.append(("Authorization", signer.authorization(for: canonical, credentials: credentials, date: date)))
    let target = query.isEmpty ? path : "\(path)?\(query)"
    return HTTPRequest(method, endpoint.origin + target, headers: headers, isIdempotent: false)
  }
}
