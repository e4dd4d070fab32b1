package import Platform

/// Where the requests to an AWS service go, and what they are signed for.
package struct ServiceEndpoint: Sendable {
  /// The service's signing name, such as `batch`.
  package let service: String
  /// The region in the credential scope.
  package let region: String
  /// The scheme, the host and the port, as a URL begins with them.
  package let origin: String
  /// The value of the Host header.
  package let authority: String
  /// The path that precedes every request's own: empty, or with a leading slash and without a trailing one.
  package let path: String
  /// Whether it uses TLS.
  package let isSecure: Bool

  /// The base URL, without a trailing slash.
  package var url: String { origin + path }

  /// An endpoint of AWS's own, which uses TLS.
  package init(service: String, region: String, host: String) {
    self.service = service
    self.region = region
    origin = "https://\(host)"
    authority = host
    path = ""
    isSecure = true
  }

  /// An endpoint at a URL's scheme, host and port; the path is given apart from it.
  package init(service: String, region: String, at url: HTTPURL, path: String = "") {
    self.service = service
    self.region = region
    origin = url.origin
    authority = url.authority
    self.path = path
    isSecure = url.isSecure
  }
}
