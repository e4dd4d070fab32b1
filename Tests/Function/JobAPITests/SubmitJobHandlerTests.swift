import Batch
import Foundation
import Platform
import JobAPI
import Testing

/// Tests of responses that don't need Batch. The function's own tests cover the rest, over sockets.
@Suite("The handler")
struct SubmitJobHandlerTests {
  private static let variables = [
    "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_ENDPOINT_URL_BATCH": "http://127.0.0.1:1",
  ]

  @Test(
    "throws an error that names a variable with an unusable value",
    arguments: [
      ("ALLOWED_JOB_QUEUES", "a,,b"), ("ALLOWED_JOB_DEFINITIONS", "a b"), ("ALLOWED_MEMBERS", "jobQueue"),
      ("CORS_ALLOW_ORIGIN", "example.com"),
      ("AWS_REGION", ""), ("AWS_ENDPOINT_URL_BATCH", "x"), ("AWS_MAX_ATTEMPTS", "many"), ("AWS_SECRET_ACCESS_KEY", ""),
      ("AWS_CA_BUNDLE", "/no/such/file"), ("IDEMPOTENCY_TABLE", "?"), ("IDEMPOTENCY_KEY", "always"),
      ("IDEMPOTENCY_EXPIRES_AFTER", "1d"), ("IDEMPOTENCY_SETTLES_AFTER", "-1"),
    ])
  func mistakes(variable: String, value: String) {
    let error = #expect(throws: EnvironmentError.self) { try handler([variable: value]) }
    #expect(error?.variable == variable)
  }

  @Test(
    "responds to every refused request itself, in its sender's format",
    arguments: [
      ("", 400), ("[]", 400), ("{}", 400), (Events.rest(queue: "a%2Fb"), 400), (Events.rest(body: "{"), 400),
      (Events.rest(body: #"{\"jobQueue\":\"q\"}"#), 400),
      (Events.rest(body: #"{\"containerOverrides\":{}}"#), 403), (Events.rest(body: #"{\"jobname\":\"x\"}"#), 400),
      (Events.functionURL(path: "/x"), 404),
      (Events.loadBalancer(path: "/x"), 404),
      (Events.functionURL(path: "/jobs/q/d", method: "GET"), 405), (Events.rest(method: "OPTIONS"), 405),
      (Events.rest(body: "{}", contentType: "text/plain"), 415),
      (Events.rest(body: #"{\"tags\":\""# + String(repeating: "x", count: 31_000) + #"\"}"#), 413),
      (Events.httpV2(path: "/jobs/q/d%3A3"), 400),
    ])
  func refuses(event: String, status: Int) throws {
    let outcome = try handler().handle(
      event: Array(event.utf8), requestID: "8e6f", deadline: Timestamp(milliseconds: 20_000))
    #expect(outcome.status == status)
    #expect(outcome.submitted == "no")
    #expect(outcome.problemType != nil)
    #expect(outcome.response == nil)
    #expect(!outcome.message.isEmpty)
    let payload = try members(outcome.payload)
    #expect(payload["statusCode"] as? Int == status)
    #expect((payload["statusDescription"] != nil) == event.contains("elb"))
    let problem = try members(Array(#require(payload["body"] as? String).utf8))
    #expect(problem["status"] as? Int == status)
    #expect(problem["requestId"] as? String == "8e6f")
    #expect(problem["type"] as? String == outcome.problemType)
  }

  @Test("checks the path before the content type, that before the body, and the body before the policy")
  func order() throws {
    let handler = try handler(["ALLOWED_JOB_QUEUES": "other"])
    func status(_ event: String) -> Int {
      handler.handle(event: Array(event.utf8), requestID: "1", deadline: Timestamp(milliseconds: 20_000)).status
    }
    #expect(status(Events.rest(queue: "%zz", body: "{", contentType: "text/plain")) == 400)
    #expect(status(Events.rest(body: "{", contentType: "text/plain")) == 415)
    #expect(status(Events.rest(body: "{")) == 400)
    #expect(status(Events.rest(body: "{}")) == 403)
  }

  @Test("sends nothing if only the time reserved for the response is left", arguments: [0, 9_999, 10_000, 10_100])
  func reserve(deadline: Int) throws {
    let outcome = try handler().handle(
      event: Array(Events.rest().utf8), requestID: "8e6f1c2d", deadline: Timestamp(milliseconds: deadline))
    #expect(outcome.status == 503)
    #expect(outcome.submitted == "no")
    #expect(outcome.job?.jobName.description == "render-8e6f1c2d")
    #expect(outcome.message.contains("timed out"))
  }

  @Test("adds CORS headers to every response, including errors")
  func cors() throws {
    let handler = try handler(["CORS_ALLOW_ORIGIN": "https://www.example.com"])
    for event in [
      "", "{}", Events.rest(body: "{"), Events.functionURL(path: "/x"),
      Events.functionURL(path: "/jobs/q/d", method: "OPTIONS"),
    ] {
      let outcome = handler.handle(event: Array(event.utf8), requestID: "1", deadline: Timestamp(milliseconds: 20_000))
      let headers = try #require(try members(outcome.payload)["headers"] as? [String: String])
      #expect(headers["Access-Control-Allow-Origin"] == "https://www.example.com")
    }
  }

  @Test("adds X-Content-Type-Options: nosniff to every response")
  func noSniff() throws {
    let handler = try handler(["CORS_ALLOW_ORIGIN": "*"])
    for event in [
      "", "{}", Events.rest(body: "{"), Events.functionURL(path: "/x"), Events.loadBalancer(path: "/x"),
      Events.httpV2(path: "/x"), Events.functionURL(path: "/jobs/q/d", method: "OPTIONS"),
    ] {
      let outcome = handler.handle(event: Array(event.utf8), requestID: "1", deadline: Timestamp(milliseconds: 20_000))
      let headers = try #require(try members(outcome.payload)["headers"] as? [String: String])
      #expect(headers["X-Content-Type-Options"] == "nosniff")
    }
  }

  @Test("warns only about an endpoint that would get the session token in clear text")
  func warnings() throws {
    #expect(try handler().warnings.isEmpty)
    let warnings = try handler(["AWS_ENDPOINT_URL_BATCH": "http://batch.example.com:8080/x"]).warnings
    #expect(warnings.count == 1)
    #expect(warnings.first?.contains("AWS_ENDPOINT_URL_BATCH") == true)
    #expect(warnings.first?.contains("http://batch.example.com:8080") == true)
  }

  @Test(
    "refuses a key that it can't use, or the lack of a required one, before it looks at the body",
    arguments: [
      ([:], "key-1", "idempotency-unavailable"), (["IDEMPOTENCY_TABLE": "keys"], "", "bad-idempotency-key"),
      ([:], "a,b", "bad-idempotency-key"),
      (["IDEMPOTENCY_TABLE": "keys", "IDEMPOTENCY_KEY": "required"], nil, "idempotency-key-missing"),
    ] as [([String: String], String?, String)])
  func keys(variables: [String: String], key: String?, type: String) throws {
    let event = Events.rest(body: "{", key: key)
    let outcome = try handler(variables).handle(
      event: Array(event.utf8), requestID: "1", deadline: Timestamp(milliseconds: 20_000))
    #expect(outcome.status == 400)
    #expect(outcome.problemType == type)
    #expect(outcome.submitted == "no")
  }

  @Test("warns about an exposed endpoint of the table, and about a settle time that is too short")
  func tableWarnings() throws {
    let warnings = try handler([
      "IDEMPOTENCY_TABLE": "keys", "AWS_ENDPOINT_URL_DYNAMODB": "http://dynamodb.example.com",
      "IDEMPOTENCY_SETTLES_AFTER": "2",
    ]).warnings
    #expect(warnings.count == 2)
    #expect(warnings.first?.contains("AWS_ENDPOINT_URL_DYNAMODB") == true)
  }

  @Test("responds to a preflight request without submitting a job")
  func preflight() throws {
    let event = Events.functionURL(path: "/jobs/q/d", method: "OPTIONS")
    let outcome = try handler(["CORS_ALLOW_ORIGIN": "*"]).handle(
      event: Array(event.utf8), requestID: "1", deadline: Timestamp(milliseconds: 20_000))
    #expect(outcome.status == 204)
    #expect(outcome.job == nil)
    #expect(outcome.problemType == nil)
    #expect(outcome.submitted == nil)
  }

  private func handler(_ changes: [String: String] = [:]) throws -> SubmitJobHandler {
    let clock = WallClock(now: { Timestamp(milliseconds: 10_000) }, sleep: { Issue.record("waits \($0)") })
    return try SubmitJobHandler(
      environment: Environment(Self.variables.merging(changes) { $1 }), userAgent: "test", clock: clock)
  }

  private func members(_ json: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
  }
}
