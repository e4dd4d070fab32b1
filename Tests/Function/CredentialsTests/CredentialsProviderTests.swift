import Credentials
import Platform
import SigV4
import Testing

/// Tests that need no container endpoint. The function's own tests cover that, over sockets.
@Suite("The credentials provider")
struct CredentialsProviderTests {
  @Test("returns the environment's keys, with the session token if there is one")
  func environment() throws {
    let keys = ["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret"]
    #expect(try credentials(keys) == AWSCredentials(accessKeyID: "AKID", secretAccessKey: "secret"))
    #expect(
      try credentials(keys.merging(["AWS_SESSION_TOKEN": "token"]) { $1 })
        == AWSCredentials(accessKeyID: "AKID", secretAccessKey: "secret", sessionToken: "token"))
    #expect(try credentials(keys.merging(["AWS_SESSION_TOKEN": ""]) { $1 }).sessionToken == nil)
  }

  @Test(
    "prefers the environment's keys to a container endpoint, even one that is not allowed",
    arguments: ["http://127.0.0.1:1/", "http://example.com/"])
  func precedence(uri: String) throws {
    let variables = [
      "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_CONTAINER_CREDENTIALS_FULL_URI": uri,
    ]
    #expect(try credentials(variables).accessKeyID == "AKID")
  }

  @Test(
    "says which variable is missing or wrong",
    arguments: [
      ([:], "AWS_ACCESS_KEY_ID"), (["AWS_ACCESS_KEY_ID": "AKID"], "AWS_SECRET_ACCESS_KEY"),
      (["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": ""], "AWS_SECRET_ACCESS_KEY"),
      (["AWS_SECRET_ACCESS_KEY": "secret"], "AWS_ACCESS_KEY_ID"),
      (["AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "secret"], "AWS_ACCESS_KEY_ID"),
      (["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://example.com/"], "AWS_CONTAINER_CREDENTIALS_FULL_URI"),
      (
        ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "https://example.com/", "AWS_CA_BUNDLE": "/no/such/file.pem"],
        "AWS_CA_BUNDLE"
      ),
    ] as [([String: String], String)])
  func errors(variables: [String: String], variable: String) {
    let error = #expect(throws: EnvironmentError.self) { try credentials(variables) }
    #expect(error?.variable == variable)
    #expect(error?.description.contains("secret") == false)
  }

  @Test(
    "names the variable that contains a line break, which would end a header",
    arguments: ["AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN"])
  func lineBreak(variable: String) {
    let keys = ["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token"]
    let error = #expect(throws: EnvironmentError.self) { try credentials(keys.merging([variable: "text\n"]) { $1 }) }
    #expect(error?.variable == variable)
  }

  @Test("sends nothing to a container endpoint once the deadline has passed, and says so")
  func deadline() throws {
    let provider = try provider(["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:1/credentials"])
    let error = #expect(throws: CredentialsError.self) {
      try provider.credentials(deadline: Timestamp(milliseconds: 10_000))
    }
    #expect(error?.description.contains("http://127.0.0.1:1") == true)
    #expect(error?.description.contains("/credentials") == false, "on ECS, knowing the path is enough to get the keys")
    #expect(error?.description.contains("timed out") == true)
  }

  private func provider(_ variables: [String: String]) throws -> CredentialsProvider {
    let clock = WallClock(now: { Timestamp(milliseconds: 10_000) }, sleep: { _ in })
    return try CredentialsProvider(environment: Environment(variables), userAgent: "test", clock: clock)
  }

  private func credentials(_ variables: [String: String]) throws -> AWSCredentials {
    try provider(variables).credentials(deadline: Timestamp(milliseconds: 20_000))
  }
}
