import Foundation
import Platform
import Testing

@testable import Credentials

@Suite("The container endpoint")
struct ContainerEndpointTests {
  @Test("is nil if the environment doesn't name one")
  func none() throws {
    #expect(try ContainerEndpoint(environment: Environment(["AWS_CONTAINER_AUTHORIZATION_TOKEN": "t"])) == nil)
  }

  @Test("is a path on ECS's address, for a relative URI")
  func relative() throws {
    let endpoint = try endpoint(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/0c2f?id=1"])
    #expect(endpoint?.url == "http://169.254.170.2/v2/credentials/0c2f?id=1")
  }

  @Test(
    "stays on that address, whatever the relative URI", arguments: ["@evil.example/", ".evil.example", ":80@evil"])
  func relativeHost(uri: String) throws {
    let url = try #require(try endpoint(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": uri])?.url)
    #expect(URLComponents(string: url)?.host == "169.254.170.2")
  }

  @Test("uses the relative URI if both are set, as botocore does")
  func relativeFirst() throws {
    let endpoint = try endpoint([
      "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/r", "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1/f",
    ])
    #expect(endpoint?.url == "http://169.254.170.2/r")
  }

  @Test(
    "can be https, or http to the hosts that botocore allows",
    arguments: [
      "https://credentials.example.com/v1", "https://10.0.0.1:8443/", "HTTPS://example.com",
      "http://localhost:9001/2021-04-23/credentials",
      "http://localhost", "http://127.0.0.1:80/a?b=c", "http://127.255.255.254/", "http://127.0.0.2", "http://[::1]/",
      "http://[::1]:8080/x", "http://169.254.170.2/v2", "http://169.254.170.23/v1/credentials",
      "http://[fd00:ec2::23]/v1/credentials",
      "http://[FD00:EC2::23]:80/v1", "HTTP://LocalHost/", "http://localhost?a=b", "http://127.0.0.1#x",
    ])
  func allowed(url: String) throws {
    #expect(try endpoint(["AWS_CONTAINER_CREDENTIALS_FULL_URI": url])?.url == url)
  }

  @Test(
    "can't be http to any other host, whatever it looks like, or use another scheme",
    arguments: [
      "http://example.com/", "http://10.0.0.1/", "http://169.254.169.254/", "http://169.254.170.3/",
      "http://128.0.0.1/",
      "http://169.254.170.23.example.com/", "http://localhost.example.com/", "http://example.com/localhost",
      "http://127.0.0.1.example.com/", "http://127.0.0.1@example.com/", "http://localhost:80@example.com/",
      "http://user:pass@127.0.0.1/", "http://example.com#localhost", "http://example.com?127.0.0.1",
      "http://example.com\\@127.0.0.1/",
      "http://127.1/", "http://127.0.1/", "http://127.0.0.256/", "http://127.0.0.1.1/", "http://127.0.0./",
      "http://2130706433/",
      "http://0x7f.0.0.1/", "http://0/", "http://0.0.0.0/", "http://[::]/", "http://[::2]/", "http://[fd00:ec2::24]/",
      "http://[::ffff:10.0.0.1]/", "http://::1/", "http:///path", "http://", "http:127.0.0.1", "localhost:80/",
      "127.0.0.1",
      "//localhost/", "ftp://localhost/", "file:///etc/passwd", "http//localhost", " http://localhost/",
      "httpx://localhost/",
      "http://localhos/", "http://xlocalhost/", "http://evil.example\u{0}localhost/",
    ])
  func refused(url: String) {
    let error = #expect(throws: EnvironmentError.self) { try endpoint(["AWS_CONTAINER_CREDENTIALS_FULL_URI": url]) }
    #expect(error?.variable == "AWS_CONTAINER_CREDENTIALS_FULL_URI")
    #expect(error?.reason.contains("use https") == true)
  }

  @Test(
    "can't be a host that libcurl interprets as another",
    arguments: ["http://0127.0.0.1/", "http://127.+0.0.1/", "http://[::1].example.com/"])
  func refusedLookalikes(url: String) {
    #expect(throws: EnvironmentError.self) { try endpoint(["AWS_CONTAINER_CREDENTIALS_FULL_URI": url]) }
  }

  @Test("is called with the environment's token, or without one")
  func token() throws {
    #expect(try endpoint(base + ["AWS_CONTAINER_AUTHORIZATION_TOKEN": "Basic abc="])?.token() == "Basic abc=")
    #expect(try endpoint(base)?.token() == nil)
    #expect(try endpoint(base + ["AWS_CONTAINER_AUTHORIZATION_TOKEN": ""])?.token() == nil)
  }

  @Test("is called with the file's token, which has precedence and is read every time")
  func tokenFile() throws {
    try withFile("first") { file in
      let variables = [
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": file.path,
        "AWS_CONTAINER_AUTHORIZATION_TOKEN": "from the environment",
      ]
      let endpoint = try endpoint(base + variables)
      #expect(try endpoint?.token() == "first")
      try Data("second".utf8).write(to: file)
      #expect(try endpoint?.token() == "second")
      try FileManager.default.removeItem(at: file)
      let error = #expect(throws: CredentialsError.self) { try endpoint?.token() }
      #expect(error?.description.contains(file.path) == true)
      #expect(error?.mayPass == false)
    }
  }

  @Test(
    "rejects a token with a line break, which would start another header",
    arguments: ["a\nb", "a\r\nX: b", "a\n", "\ra"])
  func lineBreaks(token: String) throws {
    #expect(throws: CredentialsError.self) {
      try endpoint(base + ["AWS_CONTAINER_AUTHORIZATION_TOKEN": token])?.token()
    }
    try withFile(token) { file in
      let error = #expect(throws: CredentialsError.self) {
        try endpoint(base + ["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": file.path])?.token()
      }
      #expect(error?.description.contains(token) == false)
    }
  }

  @Test("rejects a folder as the token file")
  func folder() {
    #expect(throws: CredentialsError.self) {
      try endpoint(base + ["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/"])?.token()
    }
  }

  @Test("sends a long token in full, or not at all")
  func longToken() throws {
    let token = String(repeating: "t", count: 20_000)
    try withFile(token) { file in
      let endpoint = try endpoint(base + ["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": file.path])
      do throws(CredentialsError) {
        #expect(try endpoint?.token() == token)
      } catch {
        #expect(error.description.contains(file.path))
      }
    }
  }

  private let base = ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1/"]

  private func endpoint(_ variables: [String: String]) throws(EnvironmentError) -> ContainerEndpoint? {
    try ContainerEndpoint(environment: Environment(variables))
  }

  private func withFile(_ content: String, _ body: (URL) throws -> Void) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "token-\(UUID())")
    try Data(content.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    try body(file)
  }
}

private func + (one: [String: String], other: [String: String]) -> [String: String] {
  one.merging(other) { $1 }
}
