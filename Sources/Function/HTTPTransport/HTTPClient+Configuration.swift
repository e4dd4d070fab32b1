extension HTTPClient {
  /// The settings that apply to every request of a client.
  package struct Configuration: Sendable {
    /// The `User-Agent` of every request.
    package var userAgent: String
    /// The CA bundle for `https`.
    package var certificateBundle: CertificateBundle?
    /// The proxies in the environment; nil ignores `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`.
    package var proxies: ProxyVariables?
    /// The time limit for connecting, TLS included.
    package var connectTimeout = Duration.seconds(5)
    /// The longest idle time after which a connection is reused, by the wall clock; nil for no limit.
    package var maximumIdleTime: Duration?
    /// The largest body of a response, in bytes.
    package var maximumBodySize = 1 << 20

    /// A configuration with default values.
    package init(userAgent: String) {
      self.userAgent = userAgent
    }
  }
}
