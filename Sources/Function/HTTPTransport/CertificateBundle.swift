internal import Glibc
package import Platform

/// The file of certificate authorities that TLS connections are verified with.
package struct CertificateBundle: Equatable, Sendable {
  /// The file's path; nil for libcurl's built-in default.
  package let path: String?

  /// Where distributions keep their bundles: Amazon Linux and Fedora, Debian, Alpine.
  static let knownPaths = [
    "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem",
  ]

  /// The package's file of Amazon's root certificates, in the `LAMBDA_TASK_ROOT` folder.
  static let amazonRoots = "amazon-roots.pem"

  /// The file that `AWS_CA_BUNDLE` names, or else Amazon's roots if they suffice and exist, or else the first known
  /// path that exists.
  ///
  /// OpenSSL loads Amazon's five roots in a fraction of the time that a distribution's bundle takes. Throws if
  /// `AWS_CA_BUNDLE` names a file that can't be read.
  package init(environment: Environment, amazonRootsSuffice: Bool = false) throws(EnvironmentError) {
    if let path = environment["AWS_CA_BUNDLE"] {
      guard Self.isReadableFile(path) else {
        throw EnvironmentError("AWS_CA_BUNDLE", "can't read \(path.quoted): set it to a PEM file of CA certificates")
      }
      self.path = path
    } else {
      let packaged = environment["LAMBDA_TASK_ROOT"].map { "\($0)/\(Self.amazonRoots)" }
      let candidates = (amazonRootsSuffice ? packaged.map { [$0] } ?? [] : []) + Self.knownPaths
      self.path = candidates.first(where: Self.isReadableFile)
    }
  }

  private static func isReadableFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, R_OK) == 0
  }
}
