internal import Glibc
package import Platform

/// The certificate authorities that TLS connections are verified with: a PEM file, or a folder of PEM files.
///
/// OpenSSL parses all of a file before the first connection, and of a folder only what a chain needs. It finds that by the
/// names of the files, as [openssl rehash](https://docs.openssl.org/3.5/man1/openssl-rehash/) gives them: `9c3323d1.0`.
package struct CertificateBundle: Equatable, Sendable {
  /// The path of the file or folder; nil for libcurl's built-in default.
  package let path: String?
  /// Whether the path is a folder's.
  package let isFolder: Bool

  /// Where distributions keep their bundles: Amazon Linux and Fedora, Debian, Alpine.
  static let knownPaths = [
    "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem",
  ]

  /// Amazon's root certificates in the `LAMBDA_TASK_ROOT` folder: a file, if somebody has put one there, or else the
  /// package's folder.
  static let amazonRoots = ["amazon-roots.pem", "amazon-roots"]

  /// What `AWS_CA_BUNDLE` names, or else Amazon's roots if they suffice and exist, or else the first known path that
  /// exists.
  ///
  /// OpenSSL loads one of Amazon's five roots in a fraction of the time that a distribution's bundle takes. Throws if
  /// `AWS_CA_BUNDLE` names a file that can't be read, or a folder without certificates.
  package init(environment: Environment, amazonRootsSuffice: Bool = false) throws(EnvironmentError) {
    if let path = environment["AWS_CA_BUNDLE"] {
      if let bundle = Self(at: path) {
        self = bundle
        return
      }
      guard !Self.isFolder(path) else {
        throw EnvironmentError(
          "AWS_CA_BUNDLE",
          "no file in \(path.quoted) is named by its certificate's hash: set it to a PEM file of CA certificates, or run "
            + "openssl rehash \(path.quoted)")
      }
      throw EnvironmentError("AWS_CA_BUNDLE", "can't read \(path.quoted): set it to a PEM file of CA certificates")
    }
    let packaged = environment["LAMBDA_TASK_ROOT"].map { root in Self.amazonRoots.map { "\(root)/\($0)" } }
    let candidates = (amazonRootsSuffice ? packaged ?? [] : []) + Self.knownPaths
    self = candidates.lazy.compactMap { Self(at: $0) }.first ?? Self(path: nil, isFolder: false)
  }

  private init(path: String?, isFolder: Bool) {
    self.path = path
    self.isFolder = isFolder
  }

  /// What is at a path; nil unless it is a readable file, or a folder with a certificate that can be found.
  private init?(at path: String) {
    var status = stat()
    guard stat(path, &status) == 0, access(path, R_OK) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: self.init(path: path, isFolder: false)
    case S_IFDIR where Self.hasHashedName(in: path): self.init(path: path, isFolder: true)
    default: return nil
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether a folder has an entry such as `9c3323d1.0`.
  private static func hasHashedName(in path: String) -> Bool {
    guard let folder = opendir(path) else { return false }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      // In place: the entry may be shorter than its type.
      let isHashed = withUnsafeMutableBytes(of: &entry.pointee.d_name) { name in
        let name = name.prefix { $0 != 0 }
        return name.count == 10 && name.prefix(8).allSatisfy { $0.hexadecimalValue != nil }
          && name.suffix(2).elementsEqual(".0".utf8)
      }
      if isHashed { return true }
    }
    return false
  }
}
