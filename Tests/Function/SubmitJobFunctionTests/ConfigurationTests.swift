import TestSupport
import Testing

@Suite("A mistake in a variable")
struct ConfigurationTests {
  @Test(
    "stops the start with an init error that names the variable",
    arguments: [
      ("ALLOWED_JOB_QUEUES", "night ly"), ("ALLOWED_JOB_QUEUES", "a,b/c"), ("ALLOWED_JOB_QUEUES", "é"),
      ("ALLOWED_JOB_DEFINITIONS", "ren der"), ("ALLOWED_JOB_DEFINITIONS", "a:1:2"),
      ("ALLOWED_MEMBERS", "tags,time out"), ("ALLOWED_MEMBERS", "containerOverride"), ("ALLOWED_MEMBERS", "+jobQueue"),
      ("ALLOWED_JOB_QUEUES", ""), ("ALLOWED_JOB_DEFINITIONS", ""), ("ALLOWED_MEMBERS", ""),
      ("CORS_ALLOW_ORIGIN", "*\r\nSet-Cookie: a=b"), ("AWS_MAX_ATTEMPTS", "0"), ("AWS_MAX_ATTEMPTS", "-1"),
      ("AWS_MAX_ATTEMPTS", "many"), ("AWS_MAX_ATTEMPTS", "99999999999999999999"),
      ("AWS_ENDPOINT_URL_BATCH", "ftp://127.0.0.1"),
      ("AWS_ENDPOINT_URL_BATCH", "not a url"), ("AWS_ENDPOINT_URL_BATCH", "http://"), ("AWS_REGION", "us east 1"),
      ("AWS_REGION", "us-east-1/evil.example"), ("AWS_CA_BUNDLE", "/nowhere/ca.pem"),
      ("IDEMPOTENCY_TABLE", "k"), ("IDEMPOTENCY_KEY", "maybe"), ("IDEMPOTENCY_EXPIRES_AFTER", "0"),
      ("IDEMPOTENCY_SETTLES_AFTER", "six minutes"),
    ])
  func mistake(variable: String, value: String) async throws {
    let run = try await invoke(.rest(), environment: [variable: value])
    expectInitError(run, naming: variable)
  }

  @Test("such as a missing region is named too")
  func noRegion() async throws {
    let run = try await invoke(.rest(), environment: ["AWS_REGION": nil, "AWS_DEFAULT_REGION": nil])
    expectInitError(run, naming: "AWS_REGION")
  }

  @Test(
    "such as a FIPS or dual-stack endpoint combined with a configured one is named too",
    arguments: ["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"])
  func contradiction(variable: String) async throws {
    expectInitError(try await invoke(.rest(), environment: [variable: "true"]), naming: variable)
  }

  private func expectInitError(
    _ run: FunctionRun, naming variable: String, at location: SourceLocation = #_sourceLocation
  ) {
    #expect((run.exitStatus ?? 0) != 0, sourceLocation: location)
    #expect(run.batch.requests.isEmpty && run.polls == 0, sourceLocation: location)
    #expect(run.posts.map(\.kind) == [.initError], "\(run.written)", sourceLocation: location)
    let post = run.posts.first?.request
    let type = post?.header("Lambda-Runtime-Function-Error-Type") ?? ""
    #expect(type.wholeMatch(of: /(Runtime|Function)\.[A-Z][a-zA-Z]+/) != nil, sourceLocation: location)
    #expect(post?.json["errorType"] as? String == type, sourceLocation: location)
    let message = post?.json["errorMessage"] as? String
    #expect(message?.contains(variable) == true, sourceLocation: location)
    #expect(run.log.count == 1 && run.written.contains(variable), "\(run.written)", sourceLocation: location)
  }
}

@Suite("A proxy's user and password")
struct ProxyPasswordTests {
  static let values = [
    "http://aladdin:swordfish@127.0.0.1:port", "http://aladdin:swordfish@127.0.0.1:99999",
    "http://aladdin:swordfish@127.0.0.1:0",
    "http://aladdin:swordfish@[::1", "http://aladdin:swordfish@[::g]:80", "http://aladdin:swordfish@127.0.0.1 :80",
    "http://aladdin:swordfish@", "http://aladdin:swordfish", "http://aladdin:sword@fish@127.0.0.1:1",
    "aladdin:swordfish@127.0.0.1:1",
    "aladdin:swordfish@127.0.0.1:port", "aladdin:sword/fish@127.0.0.1", "http://aladdin:1/swordfish@127.0.0.1",
    "http://aladdin:1#swordfish@127.0.0.1", "http://aladdin:1?swordfish@127.0.0.1",
    "http://aladdin/swordfish@127.0.0.1",
    "http://aladd%69n:sword%zz@127.0.0.1:1", "http://aladdin%3Aswordfish@127.0.0.1:1",
    "ftp://aladdin:swordfish@127.0.0.1:1",
    "aladdin://swordfish@127.0.0.1", "http:aladdin:swordfish@127.0.0.1", "http:///aladdin:swordfish@127.0.0.1",
    "socks5h://aladdin:swordfish@127.0.0.1:1", "https://aladdin:swordfish@127.0.0.1:1",
    "http://aladdin:sword'fish@127.0.0.1:x",
    "http://aladdin:sword fish@127.0.0.1:1", "http://aladdin:sword\\fish@127.0.0.1:1",
    "http://aladdin:swordfish@nowhere.invalid:1",
  ]

  @Test(
    "never appear in the log or a response, however malformed the variable",
    arguments: ["https_proxy", "http_proxy", "all_proxy"])
  func redacted(variable: String) async throws {
    for value in Self.values {
      for scheme in ["https", "http"] {
        let run = try await invoke(
          .rest(),
          environment: [
            variable: value, "AWS_ENDPOINT_URL_BATCH": "\(scheme)://batch.invalid", "AWS_MAX_ATTEMPTS": "1",
          ])
        expectProblem(run.response, 503)
        for secret in ["aladd", "sword", "fish"] {
          #expect(!run.written.contains(secret), "\(value): \(run.written)")
          #expect(!run.response.body.contains(secret), "\(value)")
        }
      }
    }
  }

  @Test("leave the advice readable if they are malformed")
  func advice() async throws {
    let run = try await invoke(
      .rest(),
      environment: [
        "https_proxy": "http://aladdin:swordfish@127.0.0.1:99999", "AWS_ENDPOINT_URL_BATCH": "https://batch.invalid",
        "AWS_MAX_ATTEMPTS": "1",
      ])
    #expect(run.written.contains("check https_proxy: percent-encode its user info"), "\(run.written)")
  }

  @Test("are sent to the proxy in the variable")
  func used() async throws {
    let proxy = try ScriptedServer.answering(.answer(.init(503)))
    let run = try await invoke(
      .rest(),
      environment: [
        "https_proxy": "http://aladdin:open%20swordfish@\(proxy.authority)",
        "AWS_ENDPOINT_URL_BATCH": "https://batch.invalid",
      ])
    expectProblem(run.response, 503)
    #expect(proxy.requests.first?.header("Proxy-Authorization") == "Basic YWxhZGRpbjpvcGVuIHN3b3JkZmlzaA==")
    #expect(run.written.contains("503") && !run.written.contains("swordfish"))
  }
}

@Suite("The endpoint")
struct EndpointTests {
  @Test(
    "is the region's partition's own, unless one is configured",
    arguments: [
      ("us-east-1", [:], "batch.us-east-1.amazonaws.com"),
      ("us-east-1", ["AWS_USE_FIPS_ENDPOINT": "true"], "fips.batch.us-east-1.amazonaws.com"),
      ("us-east-1", ["AWS_USE_DUALSTACK_ENDPOINT": "true"], "batch.us-east-1.api.aws"),
      (
        "us-east-1", ["AWS_USE_FIPS_ENDPOINT": "true", "AWS_USE_DUALSTACK_ENDPOINT": "true"],
        "batch-fips.us-east-1.api.aws"
      ),
      ("cn-north-1", [:], "batch.cn-north-1.amazonaws.com.cn"),
      ("us-gov-west-1", [:], "batch.us-gov-west-1.amazonaws.com"),
      ("us-gov-west-1", ["AWS_USE_FIPS_ENDPOINT": "true"], "batch.us-gov-west-1.amazonaws.com"),
      ("us-iso-east-1", [:], "batch.us-iso-east-1.c2s.ic.gov"),
      ("eusc-de-east-1", [:], "batch.eusc-de-east-1.amazonaws.eu"),
    ] as [(String, [String: String], String)])
  func partitions(region: String, flags: [String: String], host: String) async throws {
    // A proxy sees where the function wants to connect, and refuses every connection.
    let proxy = try ScriptedServer.answering(.answer(.init(503)))
    var environment: [String: String?] = [
      "AWS_REGION": region, "https_proxy": proxy.url, "AWS_ENDPOINT_URL_BATCH": nil,
    ]
    for (name, value) in flags { environment[name] = value }
    let run = try await invoke(.rest(), environment: environment)
    #expect(proxy.requests.first?.method == "CONNECT")
    #expect(Set(proxy.requests.map(\.path)) == ["\(host):443"])
    expectProblem(run.response, 503)
  }

  @Test("is AWS_ENDPOINT_URL_BATCH if it is set, or else AWS_ENDPOINT_URL")
  func order() async throws {
    let other = try ScriptedServer.answering(.submitted)
    let both = try await invoke(.rest(), environment: ["AWS_ENDPOINT_URL": other.url])
    #expect(both.response.statusCode == 200)
    #expect(both.batch.requests.count == 1 && other.requests.isEmpty)
    let alone = try await invoke(.rest(), environment: ["AWS_ENDPOINT_URL": other.url, "AWS_ENDPOINT_URL_BATCH": nil])
    #expect(alone.response.statusCode == 200)
    #expect(other.requests.count == 1)
  }

  @Test("on another machine gets the session token in clear text only after a single warning")
  func clearText() async throws {
    let environment = ["AWS_ENDPOINT_URL_BATCH": "http://batch.invalid:8080", "AWS_MAX_ATTEMPTS": "1"]
    let run = try await invoke(.rest(), .rest(), environment: environment)
    try #require(run.log.count == 3)
    #expect(run.log[0]["level"] == "WARN" && run.log[0]["requestId"] == nil)
    #expect(run.log[0]["message"]?.contains("AWS_ENDPOINT_URL_BATCH") == true)
    #expect(run.log.dropFirst().allSatisfy { $0["requestId"] != nil })
  }

  @Test("can end with a slash")
  func slash() async throws {
    let batch = try ScriptedServer.answering(.submitted)
    let run = try await invoke(.rest(), environment: ["AWS_ENDPOINT_URL_BATCH": batch.url + "/"], batch: batch)
    #expect(run.response.statusCode == 200)
    #expect(batch.requests.map(\.path) == ["/v1/submitjob"])
  }

  @Test("is never reached through a redirect")
  func redirect() async throws {
    let other = try ScriptedServer.answering(.submitted)
    let moved = ScriptedServer.Response(307, headers: [("Location", other.url + "/v1/submitjob")])
    let run = try await invoke(.rest(), batch: .answering(.answer(moved)))
    expectProblem(run.response, 502, submitted: "unknown")
    #expect(other.requests.isEmpty)
  }
}
