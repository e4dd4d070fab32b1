internal import Foundation

/// An authority of the tests' own and certificates that it signs, made by the `openssl` command in a temporary folder.
public final class Certificates: Sendable {
  /// A certificate and its key, as paths of PEM files.
  public struct Pair: Sendable {
    /// The certificate's file.
    public let certificate: String
    /// The private key's file.
    public let key: String
  }

  private let folder: String
  /// The authority; its certificate is what `AWS_CA_BUNDLE` names.
  public let authority: Pair

  /// A new authority.
  public init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("certificates-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    authority = Pair(certificate: "\(folder)/ca.pem", key: "\(folder)/ca.key")
    try Self.openssl(
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=Test CA",
      "-days", "2", "-keyout", authority.key, "-out", authority.certificate)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// A server's certificate for a name such as `IP:127.0.0.1` or `DNS:example.com`.
  public func server(_ name: String = "IP:127.0.0.1", expired: Bool = false) throws -> Pair {
    let base = "\(folder)/\(UUID())"
    let pair = Pair(certificate: "\(base).pem", key: "\(base).key")
    try Self.openssl(
      "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=Test server",
      "-keyout", pair.key, "-out", "\(base).csr")
    try "subjectAltName=\(name)\n".write(toFile: "\(base).ext", atomically: true, encoding: .utf8)
    try Self.openssl(
      "x509", "-req", "-in", "\(base).csr", "-CA", authority.certificate, "-CAkey", authority.key,
      "-set_serial", "\(UInt32.random(in: 2...UInt32.max))", "-days", expired ? "-1" : "2",
      "-extfile", "\(base).ext", "-out", pair.certificate)
    return pair
  }

  private static func openssl(_ arguments: String...) throws {
    let process = try ChildProcess("/usr/bin/env", ["openssl"] + arguments, environment: FunctionProcess.toolVariables)
    guard process.waitForExit(seconds: 20) == 0 else {
      throw TestFailure("openssl \(arguments.joined(separator: " ")): \(process.standardError)")
    }
  }
}
