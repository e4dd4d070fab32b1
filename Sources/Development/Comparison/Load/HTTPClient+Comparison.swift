internal import HTTPTransport
internal import Platform

extension HTTPClient.Configuration {
  /// What every client of a comparison has, whichever way its requests are measured or judged.
  ///
  /// - Parameter isSecure: whether its requests go to `https`. What listens on this machine speaks plain HTTP, and no
  ///   proxy finds it.
  static func comparison(isSecure: Bool, _ certificateBundle: CertificateBundle?) -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration(userAgent: "apigw-batch-compare")
    configuration.certificateBundle = certificateBundle
    configuration.proxies = isSecure ? ProxyVariables(environment: .process, isSecure: true) : nil
    // More than API Gateway answers with: 10 MB.
    configuration.maximumBodySize = 11_000_000
    return configuration
  }
}
