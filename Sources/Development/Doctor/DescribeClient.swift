internal import AWSService
internal import Foundation
internal import HTTPTransport
internal import Platform
internal import SigV4

/// Sends signed requests to Batch's Describe operations.
///
/// Each is sent once, on its own connection and thread. The transport blocks, and the doctor sends few requests.
struct DescribeClient: Sendable {
  let endpoint: ServiceEndpoint
  let certificateBundle: CertificateBundle?
  let credentials: AWSCredentials
  let clock: WallClock

  /// Posts a body to a path, and waits at most `timeLimit` for the whole response, whatever its status.
  func post(_ path: String, body: [UInt8], timeLimit: Duration) async throws(TransportError) -> HTTPResponse {
    let deadline = clock.now + timeLimit
    let result = await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          returning: Result { () throws(TransportError) in try exchange(path, body, deadline: deadline) })
      }
    }
    return try result.get()
  }

  private func exchange(_ path: String, _ body: [UInt8], deadline: Timestamp) throws(TransportError) -> HTTPResponse {
    var configuration = HTTPClient.Configuration(userAgent: "apigw-batch-doctor/\(Platform.Version.current)")
    configuration.certificateBundle = certificateBundle
    // A Batch on this machine uses plain HTTP, and can't be reached through a proxy.
    configuration.proxies = endpoint.isSecure ? ProxyVariables(environment: .process, isSecure: true) : nil
    let request = RequestSigner(endpoint).request(
      .post(body), path, headers: [("Content-Type", "application/json")], credentials: credentials, at: clock.now)
    return try HTTPClient(configuration, clock: clock).send(request, deadline: deadline)
  }
}
