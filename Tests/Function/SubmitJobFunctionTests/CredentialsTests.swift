import Foundation
import Platform
import SigV4
import TestSupport
import Testing

@Suite("Credentials from a container endpoint")
struct CredentialsTests {
  /// Lambda's environment without its keys.
  static let keyless: [String: String?] = ["AWS_ACCESS_KEY_ID": nil, "AWS_SECRET_ACCESS_KEY": nil]

  @Test("are requested with the token, kept, and used with their session token")
  func token() async throws {
    let endpoint = try ScriptedServer.answering(.keys("A"))
    let run = try await invoke(.rest(), .rest(), environment: variables(endpoint, token: "secret-token"))
    #expect(run.responses.map(\.statusCode) == [200, 200])
    #expect(endpoint.requests.map(\.path) == ["/2021-04-23/credentials"])
    #expect(endpoint.requests.first?.method == "GET")
    #expect(endpoint.requests.first?.header("Authorization") == "secret-token")
    for request in run.batch.requests { try expectSigned(request, by: .demo("A"), in: "us-east-1") }
    #expect(!run.written.contains("secret-token"))
  }

  @Test("are renewed before they expire, with the token that is then in the file")
  func rotation() async throws {
    let endpoint = try ScriptedServer.answering(.keys("A", expiring: 30), .keys("B"))
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("token-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    try "first".write(toFile: file, atomically: true, encoding: .utf8)
    let later = RuntimeAPI.Event.rest().with {
      $0.before = { try? "second".write(toFile: file, atomically: true, encoding: .utf8) }
    }
    var environment = variables(endpoint, token: nil)
    environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = file
    let run = try await invoke(.rest(), later, .rest(), environment: environment)
    #expect(run.responses.map(\.statusCode) == [200, 200, 200])
    #expect(endpoint.requests.map { $0.header("Authorization") } == ["first", "second"])
    try #require(run.batch.requests.count == 3)
    try expectSigned(run.batch.requests[0], by: .demo("A"), in: "us-east-1")
    try expectSigned(run.batch.requests[1], by: .demo("B"), in: "us-east-1")
    try expectSigned(run.batch.requests[2], by: .demo("B"), in: "us-east-1")
  }

  @Test("are used while they are valid, whatever happens to the endpoint that should renew them")
  func hangingRenewal() async throws {
    let endpoint = try ScriptedServer.answering(.keys("A", expiring: 120), .stall)
    let events = (1...3).map { _ in RuntimeAPI.Event.rest().with { $0.timeout = 2500 } }
    let run = try await invoke(events, environment: variables(endpoint, token: "t"))
    #expect(run.responses.map(\.statusCode) == [200, 200, 200])
    #expect(endpoint.requests.count == 2, "a failed renewal is not repeated at once")
  }

  @Test("that have already expired are not used, and the next invocation requests them again")
  func expired() async throws {
    let endpoint = try ScriptedServer.answering(.keys("A", expiring: -60), .keys("B"))
    let run = try await invoke(.rest(), .rest(), environment: variables(endpoint, token: "t"))
    expectRefused(run, 503)
    #expect(endpoint.requests.count == 2)
    #expect(run.written.contains("already expired"), "\(run.written)")
    try expectSigned(try #require(run.batch.requests.first), by: .demo("B"), in: "us-east-1")
  }

  @Test("that have already expired do not replace those that are still valid")
  func expiredRenewal() async throws {
    let endpoint = try ScriptedServer.answering(.keys("A", expiring: 120), .keys("B", expiring: -60))
    let run = try await invoke(.rest(), .rest(), environment: variables(endpoint, token: "t"))
    #expect(run.responses.map(\.statusCode) == [200, 200])
    for request in run.batch.requests { try expectSigned(request, by: .demo("A"), in: "us-east-1") }
  }

  @Test("are not requested if the environment has keys")
  func environmentFirst() async throws {
    let endpoint = try ScriptedServer.answering(.keys("A"))
    let run = try await invoke(.rest(), environment: ["AWS_CONTAINER_CREDENTIALS_FULL_URI": endpoint.url])
    #expect(run.response.statusCode == 200)
    #expect(endpoint.requests.isEmpty)
  }

  @Test(
    "that are unavailable make an invocation the function's own fault, and the next one requests them again",
    arguments: [
      ScriptedServer.Response(500, "{}"), .init(403, #"{"message":"secret-token is wrong"}"#), .init(200, "nonsense"),
      .init(200, "{}"), .init(200, #"{"AccessKeyId":"A"}"#), .init(200, #"{"AccessKeyId":"A","SecretAccessKey":7}"#),
    ])
  func failure(response: ScriptedServer.Response) async throws {
    let broken = Monitor(true)
    let endpoint = try ScriptedServer { _ in broken.withLock { $0 } ? .answer(response) : .keys("B") }
    let later = RuntimeAPI.Event.rest().with { $0.before = { broken.withLock { $0 = false } } }
    let run = try await invoke(.rest(), later, environment: variables(endpoint, token: "secret-token"))
    expectRefused(run, 502, 503)
    #expect(endpoint.requests.count > 1)
    #expect(!run.response.body.contains("secret-token"))
  }

  @Test("that never arrive leave time to say so before the deadline")
  func stall() async throws {
    let endpoint = try ScriptedServer.answering(.stall)
    let run = try await invoke(.rest().with { $0.timeout = 3000 }, environment: variables(endpoint, token: "t"))
    let post = try #require(run.posts.first)
    #expect(!endpoint.requests.isEmpty)
    #expect([502, 503].contains(run.response.statusCode))
    #expect(post.isInTime)
    #expect(run.batch.requests.isEmpty)
  }

  @Test(
    "are requested only from hosts where a container endpoint can be",
    arguments: [
      "http://credentials.invalid/x", "http://127.0.0.1@credentials.invalid/x", "http://127.0.0.1.credentials.invalid/",
      "http://localhost.invalid/", "file:///etc/passwd", "nonsense",
    ])
  func forbiddenHosts(uri: String) async throws {
    var environment = Self.keyless
    environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = uri
    let run = try await invoke(.rest(), environment: environment)
    #expect(run.batch.requests.isEmpty)
    #expect(run.response.statusCode != 200)
    #expect(run.written.contains("AWS_CONTAINER_CREDENTIALS_FULL_URI"), "\(run.written)")
  }

  @Test("are named if they are missing altogether")
  func none() async throws {
    let run = try await invoke(.rest(), environment: Self.keyless)
    #expect(run.batch.requests.isEmpty)
    #expect(run.written.contains("AWS_ACCESS_KEY_ID"), "\(run.written)")
  }

  private func variables(_ endpoint: ScriptedServer, token: String?) -> [String: String?] {
    var variables = Self.keyless
    variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = endpoint.url + "/2021-04-23/credentials"
    variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = token
    return variables
  }
}

extension ScriptedServer.Reply {
  /// Temporary keys, marked with a letter, that expire in the given number of seconds.
  fileprivate static func keys(_ mark: String, expiring seconds: Double = 6 * 3600) -> ScriptedServer.Reply {
    let expiration = ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: seconds))
    let keys = AWSCredentials.demo(mark)
    return .answer(
      .init(
        200,
        """
        {"AccessKeyId":"\(keys.accessKeyID)","SecretAccessKey":"\(keys.secretAccessKey)",
        "Token":"\(keys.sessionToken ?? "")","Expiration":"\(expiration)","RoleArn":"arn:aws:iam::123456789012:role/r"}
        """))
  }
}

extension AWSCredentials {
  fileprivate static func demo(_ mark: String) -> AWSCredentials {
    AWSCredentials(accessKeyID: "ASIA\(mark)", secretAccessKey: "secret/\(mark)+", sessionToken: "session/\(mark)==")
  }
}
