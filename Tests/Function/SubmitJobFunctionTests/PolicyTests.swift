import TestSupport
import Testing

@Suite("The policy")
struct PolicyTests {
  @Test(
    "allows the queues that match a pattern, and names a queue that it refuses",
    arguments: [
      ("reports", "reports", true), ("reports", "reports2", false), ("reports", "xreports", false),
      ("reports", "Reports", false), ("night-*,reports", "night-1", true), ("night-*,reports", "night-", true),
      ("night-*,reports", "night", false), ("*", "anything", true), ("*-prod", "a-prod", true),
      ("*-prod", "a-prod-", false), ("a*b*c", "abc", true), ("a*b*c", "a1b2b3c", true), ("a*b*c", "a1c2b3", false),
      ("a*a", "a", false), ("**", "q", true), ("report_", "reportx", false),
    ])
  func queues(pattern: String, queue: String, allowed: Bool) async throws {
    let run = try await invoke(.rest(queue: queue), environment: ["ALLOWED_JOB_QUEUES": pattern])
    expect(run, allowed, naming: queue)
  }

  @Test(
    "allows the definitions that match a pattern, with any revision unless it has one",
    arguments: [
      ("render", "render", true), ("render", "render:3", true), ("render", "renderer", false),
      ("render:3", "render:3", true), ("render:3", "render:4", false), ("render:3", "render:31", false),
      ("render:3", "render", false), ("render:*", "render:3", true), ("render:*", "renderer:3", false),
      ("re*r", "render:9", true), ("*:1", "anything:1", true), ("*:1", "anything:11", false), ("*", "x:7", true),
      ("a,render:3,b", "render:3", true), ("a,render:3,b", "b:2", true),
    ])
  func definitions(pattern: String, definition: String, allowed: Bool) async throws {
    let run = try await invoke(.rest(definition: definition), environment: ["ALLOWED_JOB_DEFINITIONS": pattern])
    expect(run, allowed, naming: definition)
  }

  @Test("compares names after they are decoded")
  func decoded() async throws {
    let environment = ["ALLOWED_JOB_QUEUES": "reports", "ALLOWED_JOB_DEFINITIONS": "render:3"]
    let run = try await invoke(
      .rest(queue: "repo%72ts", definition: "render%3A3"), .rest(definition: "render%3A4"), environment: environment)
    #expect(run.responses.map(\.statusCode) == [200, 403])
  }

  @Test(
    "refuses by default members that change which code runs, on what, or how many times",
    arguments: [
      "containerOverrides", "nodeOverrides", "arrayProperties", "shareIdentifier", "schedulingPriorityOverride",
      "eksPropertiesOverride", "ecsPropertiesOverride", "consumableResourcePropertiesOverride",
    ])
  func membersByDefault(member: String) async throws {
    let run = try await invoke(.rest(body: "{\"\(member)\":{}}"), .rest())
    expectRefused(run, 403)
    #expect(run.problem.detail.contains(member))
  }

  @Test(
    "rejects a member that SubmitJob does not have with 400, and suggests the closest",
    arguments: [
      ("jobname", "\"jobName\""), ("containerOverride", "\"containerOverrides\""), ("Tags", "\"tags\""),
      ("addedIn2031", "Leave it out."), ("", "Leave it out."), ("jobQueues", "the path names jobQueue"),
    ])
  func unknownMember(member: String, advice: String) async throws {
    let run = try await invoke(.rest(body: "{\"\(member)\":{}}"), .rest())
    expectRefused(run, 400)
    #expect(run.problem.type?.hasSuffix("bad-body") == true)
    #expect(
      run.problem.detail.contains("\"\(member)\"") && run.problem.detail.contains(advice), "\(run.problem.detail)")
  }

  @Test("decodes escapes in a member's name")
  func escapedMember() async throws {
    let run = try await invoke(.rest(body: #"{"container\u004fverrides":{}}"#), .rest())
    expectRefused(run, 403)
    #expect(run.problem.detail.contains("containerOverrides"))
  }

  @Test("allows by default the members that only describe the job")
  func describingMembers() async throws {
    let body = """
      {"jobName":"a","parameters":{},"dependsOn":[],"retryStrategy":{},"timeout":{},"tags":{},"propagateTags":true}
      """
    #expect(try await invoke(.rest(body: body)).response.statusCode == 200)
  }

  @Test(
    "allows only the members that ALLOWED_MEMBERS names",
    arguments: [
      ("containerOverrides,tags", "containerOverrides", true), ("containerOverrides,tags", "tags", true),
      ("containerOverrides,tags", "parameters", false), ("tags", "jobName", false),
      ("+addedIn2031", "addedIn2031", true), ("tags,+addedIn2031", "tags", true),
      ("*", "nodeOverrides", true), ("*", "addedIn2031", true),
    ])
  func members(list: String, member: String, allowed: Bool) async throws {
    let value = member == "jobName" ? "\"a\"" : "{}"
    let run = try await invoke(
      .rest(body: "{\"\(member)\":\(value)}"), environment: ["ALLOWED_MEMBERS": list])
    expect(run, allowed, naming: member)
  }

  @Test("never takes the queue or the definition from the body")
  func pathDecides() async throws {
    let run = try await invoke(
      .rest(body: #"{"jobQueue":"x"}"#), .rest(), environment: ["ALLOWED_MEMBERS": "*", "ALLOWED_JOB_QUEUES": "*"])
    expectRefused(run, 400)
  }

  @Test("leaves the decision to IAM if its variables are unset")
  func unset() async throws {
    let run = try await invoke(.rest())
    #expect(run.response.statusCode == 200)
  }

  private func expect(
    _ run: FunctionRun, _ allowed: Bool, naming name: String, at location: SourceLocation = #_sourceLocation
  ) {
    guard !allowed else {
      #expect(run.response.statusCode == 200, "\(run.response.body)\(run.written)", sourceLocation: location)
      return
    }
    expectProblem(run.response, 403, at: location)
    #expect(run.problem.detail.contains(name), sourceLocation: location)
    #expect(run.batch.requests.isEmpty, sourceLocation: location)
  }
}

@Suite("CORS_ALLOW_ORIGIN")
struct CORSTests {
  @Test("adds its header to every response, including errors", arguments: ["*", "https://jobs.example.com"])
  func everyResponse(origin: String) async throws {
    let events: [RuntimeAPI.Event] = [
      .rest(), .rest(body: "["), .functionURL(path: "/"), .alb(multiValueHeaders: true), .init("nonsense"),
    ]
    let run = try await invoke(events, environment: ["CORS_ALLOW_ORIGIN": origin])
    #expect(run.responses.map(\.statusCode) == [200, 400, 404, 200, 400])
    #expect(run.responses.allSatisfy { $0.header("Access-Control-Allow-Origin") == origin })
  }

  @Test("adds nothing if it is unset")
  func unset() async throws {
    let run = try await invoke(.rest(), .rest(body: "["))
    #expect(run.responses.map(\.statusCode) == [200, 400])
    #expect(run.responses.allSatisfy { $0.header("Access-Control-Allow-Origin") == nil })
  }
}
