import TestSupport
import Testing

@Suite("A failure")
struct FailureTests {
  @Test("has the same request id in the response and the log", arguments: ["5f0c3d1e-request", #"a"b\c"#])
  func requestID(id: String) async throws {
    let run = try await invoke(.rest(body: "nonsense").with { $0.requestID = id })
    #expect(run.problem.requestID == id)
    #expect(run.log.map { $0["requestId"] } == [id])
  }

  @Test(
    "of the caller's body is a 400",
    arguments: [
      "nonsense", "[]", "\"text\"", "7", "null", "{", "{}}", "{} {}", "{\"a\"}", "{'a':1}", "{\"a\":1,}",
      #"{"tags":{},"tags":{}}"#, #"{"tags":{},"t\u0061gs":{}}"#, #"{"tags":NaN}"#, #"{"tags":01}"#, "\u{FEFF}{}",
      "{\"tags\":\"\u{0}\"}", "{}\u{0}", #"{"tags":"\x"}"#, #"{"tags":tru}"#, "{\"tags\":\"a\nb\"}", #"{"tags":+1}"#,
      #"{"jobQueue":"x"}"#, #"{"jobDefinition":"x"}"#, #"{"job\u0051ueue":"x"}"#, #"{"jobQueue":null}"#,
    ])
  func body(text: String) async throws {
    expectRefused(try await invoke(.rest(body: text), .rest()), 400)
  }

  @Test("of a Base64 body is a 400", arguments: ["{}", "e30", "e3=0", "e30=\n!", "////"])
  func base64(text: String) async throws {
    let run = try await invoke(.rest(body: text) { $0["isBase64Encoded"] = true }, .rest())
    expectRefused(run, 400)
  }

  @Test("of a queue or a definition in the body says that the path decides", arguments: ["jobQueue", "jobDefinition"])
  func pathDecides(member: String) async throws {
    let run = try await invoke(.rest(body: "{\"\(member)\":\"x\"}"), .rest())
    expectRefused(run, 400)
    #expect(run.problem.detail.contains(member) && run.problem.detail.contains("path"))
  }

  @Test(
    "of the route is a 404 if nothing in front of the function checks it",
    arguments: [
      "/", "", "/jobs", "/jobs/reports", "/jobs/reports/render/more", "/job/reports/render", "/JOBS/reports/render",
    ])
  func noRoute(path: String) async throws {
    let run = try await invoke(.functionURL(path: path), .alb(path: path), .defaultRoute(path: path), .rest())
    try #require(run.responses.count == 4)
    for response in run.responses.prefix(3) { expectProblem(response, 404) }
    #expect(run.batch.requests.count == 1)
  }

  @Test("of the method is a 405 with Allow", arguments: ["GET", "PUT", "DELETE", "HEAD", "PATCH"])
  func method(name: String) async throws {
    let url = RuntimeAPI.Event.functionURL { event in
      var context = event["requestContext"] as? [String: Any] ?? [:]
      var http = context["http"] as? [String: Any] ?? [:]
      http["method"] = name
      context["http"] = http
      event["requestContext"] = context
    }
    let run = try await invoke(url, .alb { $0["httpMethod"] = name }, .rest())
    try #require(run.responses.count == 3)
    for response in run.responses.prefix(2) {
      expectProblem(response, 405)
      #expect(response.header("Allow") == "POST")
    }
    #expect(run.batch.requests.count == 1)
  }

  @Test(
    "of the content type is a 415",
    arguments: [
      "text/plain", "application/x-www-form-urlencoded", "application/jsonx", "application/vnd.api+json", "json",
    ])
  func contentType(type: String) async throws {
    let events: [RuntimeAPI.Event] = [
      .rest(body: "{}", contentType: type), .http(body: "{}", contentType: type),
      .functionURL(body: "{}", contentType: type), .alb(body: "{}", contentType: type),
      .alb(body: "{}", contentType: type, multiValueHeaders: true),
    ]
    let run = try await invoke(events)
    try #require(run.responses.count == 5)
    for response in run.responses { expectProblem(response, 415) }
    #expect(run.batch.requests.isEmpty)
  }

  @Test("is returned in each integration's own format")
  func forms() async throws {
    let run = try await invoke(
      .rest(body: "["), .http(body: "["), .functionURL(body: "["), .alb(body: "["),
      .alb(body: "[", multiValueHeaders: true))
    try #require(run.responses.count == 5)
    for response in run.responses { expectProblem(response, 400) }
    #expect(
      run.responses[0].members.isSubset(of: ["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"]))
    #expect(run.responses[1].members.isSubset(of: ["statusCode", "headers", "body", "isBase64Encoded", "cookies"]))
    #expect(run.responses[2].members.isSubset(of: ["statusCode", "headers", "body", "isBase64Encoded", "cookies"]))
    #expect(run.responses[3].json["statusDescription"] as? String == "400 Bad Request")
    #expect(run.responses[4].members.contains("multiValueHeaders"))
  }
}
