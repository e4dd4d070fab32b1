internal import Foundation
internal import HTTPTransport
internal import Platform

extension HTTPClient {
  /// Sends one request on its own connection and thread: the transport blocks, and the doctor sends few requests.
  static func sendOnce(
    _ request: HTTPRequest, _ configuration: Configuration, clock: WallClock, deadline: Timestamp
  ) async throws(TransportError) -> HTTPResponse {
    let result = await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          returning: Result { () throws(TransportError) in
            try HTTPClient(configuration, clock: clock).send(request, deadline: deadline)
          })
      }
    }
    return try result.get()
  }
}

extension HTTPClient.Configuration {
  /// The doctor's own settings for an endpoint. One on this machine uses plain HTTP, and can't be reached through a proxy.
  static func doctor(
    isSecure: Bool, certificateBundle: CertificateBundle?, environment: Platform.Environment = .process
  ) -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration(userAgent: "apigw-batch-doctor/\(Platform.Version.current)")
    configuration.certificateBundle = certificateBundle
    configuration.proxies = isSecure ? ProxyVariables(environment: environment, isSecure: true) : nil
    return configuration
  }
}
