internal import Foundation
internal import HTTPTransport
internal import Platform
internal import SigV4

/// Sends signed requests to Batch's Describe operations, each once, on a connection and a thread of its own: the
/// transport blocks, and the doctor asks little.
struct DescribeClient: Sendable {
  let region: String
  /// The base URL of the endpoint.
  let url: HTTPURL
  let certificateBundle: CertificateBundle?
  let credentials: AWSCredentials
  let clock: WallClock

  /// Posts a body to a path, and waits at most `timeLimit` for the whole response, whatever its status.
  func post(_ path: String, body: [UInt8], timeLimit: Duration) async throws(TransportError) -> HTTPResponse {
    let deadline = clock.now.advanced(byMilliseconds: Int(timeLimit / .milliseconds(1)))
    let result = await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          returning: Result { () throws(TransportError) in try exchange(path, body, deadline: deadline) })
      }
    }
    return try result.get()
  }

  private func exchange(_ path: String, _ body: [UInt8], deadline: Timestamp) throws(TransportError) -> HTTPResponse {
    var configuration = HTTPClient.Configuration(userAgent: "apigw-batch-doctor")
    configuration.certificateBundle = certificateBundle
    // A Batch on this machine speaks plain HTTP, and no proxy finds it.
    configuration.proxies = url.isSecure ? ProxyVariables(environment: .process, isSecure: true) : nil
    return try HTTPClient(configuration, clock: clock).send(signed(path, body), deadline: deadline)
  }

  private func signed(_ path: String, _ body: [UInt8]) -> HTTPRequest {
    let (signer, now) = (Signer(region: region, service: "batch"), clock.now)
    var headers = [
      (name: "Content-Type", value: "application/json"), (name: "Host", value: url.authority),
      (name: "X-Amz-Date", value: now.iso8601Basic),
    ]
    if let token = credentials.sessionToken { headers.append((name: "X-Amz-Security-Token", value: token)) }
    let path = (url.plainPath ?? "") + path
    let canonical = CanonicalRequest(
      method: "POST", canonicalPath: CanonicalRequest.canonicalPath(path), headers: headers,
      payloadHash: signer.payloadHash(body))
    headers.append(("Authorization", signer.authorization(for: canonical, credentials: credentials, at: now)))
    return HTTPRequest(.post(body), url.origin + path, headers: headers, isIdempotent: false)
  }
}
