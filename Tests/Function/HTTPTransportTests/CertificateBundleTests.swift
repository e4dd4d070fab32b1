import Foundation
import Platform
import Testing

@testable import HTTPTransport

@Suite("The certificate bundle")
struct CertificateBundleTests {
  @Test("is the file that AWS_CA_BUNDLE names")
  func configured() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).pem")
    try Data("-----BEGIN CERTIFICATE-----\n".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    #expect(try CertificateBundle(environment: Environment(["AWS_CA_BUNDLE": file.path])).path == file.path)
  }

  @Test("is the package's folder of roots, or a file in its place, if these suffice, unless AWS_CA_BUNDLE is set")
  func amazonRoots() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (hashed, other) = (folder.path + "/amazon-roots", folder.path + "/other.pem")
    let roots = hashed + ".pem"
    let inPackage = ["LAMBDA_TASK_ROOT": folder.path]
    let system = CertificateBundle.knownPaths.first { FileManager.default.isReadableFile(atPath: $0) }
    func path(_ variables: [String: String], amazonRootsSuffice: Bool = true) throws -> String? {
      try CertificateBundle(environment: Environment(variables), amazonRootsSuffice: amazonRootsSuffice).path
    }
    #expect(try path(inPackage) == system, "neither exists yet")
    try FileManager.default.createDirectory(atPath: hashed, withIntermediateDirectories: false)
    #expect(try path(inPackage) == system, "the folder is empty")
    try Data("-----BEGIN CERTIFICATE-----\n".utf8).write(to: URL(filePath: hashed + "/9c3323d1.0"))
    #expect(try path(inPackage) == hashed)
    for file in [roots, other] { try Data("-----BEGIN CERTIFICATE-----\n".utf8).write(to: URL(filePath: file)) }
    #expect(try path(inPackage) == roots)
    #expect(try path(inPackage, amazonRootsSuffice: false) == system)
    #expect(try path([:]) == system)
    #expect(try path(inPackage.merging(["AWS_CA_BUNDLE": other]) { $1 }) == other)
  }

  @Test("throws an error that names AWS_CA_BUNDLE, the path and the remedy if the file can't be read")
  func unreadable() {
    let path = "/no/such/\(UUID()).pem"
    let error = #expect(throws: EnvironmentError.self) {
      try CertificateBundle(environment: Environment(["AWS_CA_BUNDLE": path]))
    }
    #expect(error?.variable == "AWS_CA_BUNDLE")
    #expect(error?.reason.contains("\"\(path)\"") == true)
    #expect(error?.reason.contains("PEM file") == true)
  }

  @Test("is the folder that AWS_CA_BUNDLE names if a file in it is named by a hash")
  func folder() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let environment = Environment(["AWS_CA_BUNDLE": folder.path])
    for name in ["ca.pem", "9c3323d1.r0", "9c3323d.0", "9c3323dg.0"] {
      try Data("-----BEGIN CERTIFICATE-----\n".utf8).write(to: folder.appending(path: name))
    }
    let error = #expect(throws: EnvironmentError.self) { try CertificateBundle(environment: environment) }
    #expect(error?.reason.contains("openssl rehash \"\(folder.path)\"") == true)
    try Data("-----BEGIN CERTIFICATE-----\n".utf8).write(to: folder.appending(path: "9c3323d1.0"))
    let bundle = try CertificateBundle(environment: environment)
    #expect(bundle.path == folder.path && bundle.isFolder)
  }

  @Test(
    "is otherwise the first that exists of Amazon Linux's, Debian's and Alpine's",
    arguments: [[:], ["AWS_CA_BUNDLE": ""]])
  func known(variables: [String: String]) throws {
    let paths = [
      "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem",
    ]
    let bundle = try CertificateBundle(environment: Environment(variables))
    #expect(bundle.path == paths.first { FileManager.default.isReadableFile(atPath: $0) })
    #expect(CertificateBundle.knownPaths == paths)
  }
}
