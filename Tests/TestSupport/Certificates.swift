internal import Foundation

/// A test CA and certificates signed by it, made with the `openssl` command in a temporary folder.
package final class Certificates: Sendable {
  /// The paths of a certificate and its key, as PEM files that exist as long as this value.
  package struct Pair: Sendable {
    /// The certificate's file.
    package let certificate: String
    /// The private key's file.
    package let key: String
    fileprivate let folder: TemporaryFolder

    fileprivate init(_ name: String, in folder: TemporaryFolder) {
      certificate = "\(folder.path)/\(name).pem"
      key = "\(folder.path)/\(name).key"
      self.folder = folder
    }
  }

  private let folder: TemporaryFolder
  /// The CA, whose certificate is meant for `AWS_CA_BUNDLE`.
  package let authority: Pair

  /// A new CA.
  package init() throws {
    folder = try TemporaryFolder()
    authority = Pair("ca", in: folder)
    try Self.openssl(
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=Test CA",
      "-days", "2", "-keyout", authority.key, "-out", authority.certificate)
  }

  /// A server's certificate for a name such as `IP:127.0.0.1` or `DNS:example.com`.
  package func server(_ subject: String = "IP:127.0.0.1", expired: Bool = false) throws -> Pair {
    let name = UUID().uuidString
    let base = "\(folder.path)/\(name)"
    let pair = Pair(name, in: folder)
    try Self.openssl(
      "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=Test server",
      "-keyout", pair.key, "-out", "\(base).csr")
    try "subjectAltName=\(subject)\n".write(toFile: "\(base).ext", atomically: true, encoding: .utf8)
    let sign = [
      "x509", "-req", "-in", "\(base).csr", "-CA", authority.certificate, "-CAkey", authority.key,
      "-set_serial", "\(UInt32.random(in: 2...UInt32.max))", "-extfile", "\(base).ext", "-out", pair.certificate,
    ]
    if !expired {
      try Self.openssl(sign + ["-days", "2"])
    } else {
      // OpenSSL 3.5 doesn't accept a negative number of days, and 3.0 doesn't know these options.
      do {
        try Self.openssl(sign + ["-not_before", "20260101000000Z", "-not_after", "20260102000000Z"])
      } catch is TestFailure {
        try Self.openssl(sign + ["-days", "-1"])
      }
    }
    return pair
  }

  private static func openssl(_ arguments: String...) throws {
    try openssl(arguments)
  }

  private static func openssl(_ arguments: [String]) throws {
    let process = try Tool.openssl.start(arguments)
    guard process.waitForExit(seconds: 20) == 0 else {
      throw TestFailure("openssl \(arguments.joined(separator: " ")): \(process.standardError)")
    }
  }
}

/// A folder that is removed with its last reference.
private final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("certificates-\(UUID())").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
