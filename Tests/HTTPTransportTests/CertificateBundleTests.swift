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

  @Test("is an error that names AWS_CA_BUNDLE, the path and what to set when the file can't be read")
  func unreadable() {
    let path = "/no/such/\(UUID()).pem"
    let error = #expect(throws: EnvironmentError.self) {
      try CertificateBundle(environment: Environment(["AWS_CA_BUNDLE": path]))
    }
    #expect(error?.variable == "AWS_CA_BUNDLE")
    #expect(error?.reason.contains("\"\(path)\"") == true)
    #expect(error?.reason.contains("PEM file") == true)
  }

  @Test("is an error when AWS_CA_BUNDLE names a folder, which libcurl can't read as a bundle")
  func folder() {
    #expect(throws: EnvironmentError.self) {
      try CertificateBundle(environment: Environment(["AWS_CA_BUNDLE": "/tmp"]))
    }
  }

  @Test(
    "is else the first that exists of Amazon Linux's, Debian's and Alpine's", arguments: [[:], ["AWS_CA_BUNDLE": ""]])
  func known(variables: [String: String]) throws {
    let paths = [
      "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem",
    ]
    let bundle = try CertificateBundle(environment: Environment(variables))
    #expect(bundle.path == paths.first { FileManager.default.isReadableFile(atPath: $0) })
    #expect(CertificateBundle.knownPaths == paths)
  }
}
