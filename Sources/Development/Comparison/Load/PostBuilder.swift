internal import AWSService
internal import HTTPTransport
internal import Platform

/// Builds one worker's POST requests to a URL, signed where the stage has IAM authorization.
struct PostBuilder {
  private let url: HTTPURL
  private let path: String
  private let query: String
  private let signing: HTTPTarget.Signing?
  private let signer: RequestSigner?

  /// A builder for one worker; without `signing`, requests are not signed.
  init(_ url: HTTPURL, signing: HTTPTarget.Signing?) {
    self.url = url
    let parts = url.path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    path = parts.first ?? ""
    query = parts.dropFirst().first ?? ""
    self.signing = signing
    signer = signing.map {
      RequestSigner(ServiceEndpoint(service: "execute-api", region: $0.region, at: url))
    }
  }

  /// A request that is sent once.
  func post(_ body: [UInt8], contentType: String, at time: Timestamp) -> HTTPRequest {
    let headers: [HTTPHeader] = [("Content-Type", contentType)]
    guard let signing, let signer else {
      return HTTPRequest(
        .post(body), url.origin + url.path, headers: headers + [("Host", url.authority)], isIdempotent: false)
    }
    return signer.request(
      .post(body), path, query: query, headers: headers, credentials: signing.credentials, at: time)
  }
}
