extension HTTPClient {
  /// What stays the same for all requests of a client.
  package struct Configuration: Sendable {
    /// The `User-Agent` of every request.
    package var userAgent: String
    /// The CA bundle for `https`.
    package var certificateBundle: CertificateBundle?
    /// The proxies of the environment, when `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy` are followed.
    package var proxies: ProxyVariables?
    /// The longest wait for a connection, TLS included, in milliseconds.
    package var connectTimeout = 5000
    /// How long a connection may have been unused and still be used again, in milliseconds by the wall clock; nil for no limit.
    package var maximumIdleTime: Int?
    /// The largest body of a response, in bytes.
    package var maximumBodySize = 1 << 20

    /// A configuration with the defaults of the properties.
    package init(userAgent: String) {
      self.userAgent = userAgent
    }
  }
}
