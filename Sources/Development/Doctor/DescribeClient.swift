internal import AWSService
internal import HTTPTransport
internal import Platform
internal import SigV4

/// Sends signed requests to Batch's Describe operations, each once.
struct DescribeClient: Sendable {
  let endpoint: ServiceEndpoint
  let certificateBundle: CertificateBundle?
  let credentials: AWSCredentials
  let clock: WallClock

  /// Posts a body to a path, and waits at most `timeLimit` for the whole response, whatever its status.
  func post(_ path: String, body: [UInt8], timeLimit: Duration) async throws(TransportError) -> HTTPResponse {
    let now = clock.now
    let request = RequestSigner(endpoint).request(
      .post(body), path, headers: [("Content-Type", "application/json")], credentials: credentials, at: now)
    return try await HTTPClient.sendOnce(
      request, .doctor(isSecure: endpoint.isSecure, certificateBundle: certificateBundle), clock: clock,
      deadline: now + timeLimit)
  }
}
