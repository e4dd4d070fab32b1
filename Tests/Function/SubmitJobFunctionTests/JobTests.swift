import Foundation
import TestSupport
import Testing

@Suite("A job")
struct JobTests {
  /// The reference to the job of `submittedBody`, relative to the path of its submit.
  static let location = "../../queues/reports/jobs/\(id)"
  private static let id = "8c1f0a2e-6f0b-4c55-9a3e-1d2c3b4a5f60"
  private static let path = "/queues/reports/jobs/\(id)"

  @Test("is found at the Location of its submit's response, in every event format")
  func location() async throws {
    let events: [RuntimeAPI.Event] = [
      .rest(), .http(), .functionURL(), .defaultRoute(), .alb(), .alb(multiValueHeaders: true),
      .functionURL(path: "/base/jobs/reports/render/"),
    ]
    let run = try await invoke(events)
    let locations = Array(repeating: Self.location, count: 6) + ["../\(Self.location)"]
    #expect(run.responses.map { $0.header("Location") } == locations)
    for (path, location) in zip(
      ["/prod/lambda/jobs/reports/render:3", "/base/jobs/reports/render/"], locations.suffix(2))
    {
      let url = URL(string: location, relativeTo: URL(string: "https://a.example\(path)"))?.absoluteString
      #expect(
        url?.hasSuffix(path.hasPrefix("/prod") ? "/prod/lambda\(Self.path)" : "/base\(Self.path)") == true,
        "\(url ?? "")")
    }
  }

  @Test("takes one request to read and one to list, and two to cancel, unless it has ended")
  func requests() async throws {
    for status in ["RUNNING", "FAILED"] {
      let batch = try Self.batch(status)
      let events =
        Self.events("GET", Self.path) + Self.events("GET", "/queues/reports/jobs") + Self.events("DELETE", Self.path)
      let run = try await invoke(events, batch: batch)
      let hasEnded = status == "FAILED"
      #expect(
        run.responses.map(\.statusCode) == Array(repeating: 200, count: 8)
          + Array(repeating: hasEnded ? 200 : 202, count: 4))
      let cancel = hasEnded ? ["describejobs"] : ["describejobs", "terminatejob"]
      let paths =
        Array(repeating: ["describejobs"], count: 4) + Array(repeating: ["listjobs"], count: 4)
        + Array(repeating: cancel, count: 4)
      #expect(batch.jobs.map(\.path) == paths.joined().map { "/v1/\($0)" })
      #expect(
        run.responses.map { $0.header("Retry-After") != nil }
          == [true, false, true].flatMap { Array(repeating: $0 && !hasEnded, count: 4) })
      #expect(
        run.log.map { $0["message"] }
          == ["Read the job", "Listed 1 job", hasEnded ? "The job had ended before" : "Had Batch end the job"].flatMap {
            Array(repeating: $0, count: 4)
          })
      #expect(run.log.allSatisfy { $0["jobQueue"] == "reports" && $0["level"] == "INFO" })
      let reasons = batch.jobs.compactMap { $0.json["reason"] as? String }
      #expect(reasons.allSatisfy { $0.hasPrefix("Cancelled through apigw-batch, request ") })
    }
  }

  @Test("that a list or a submit doesn't ask for is not asked for")
  func limit() async throws {
    let batch = try Self.batch("RUNNING")
    _ = try await invoke(
      .functionURL(path: "/queues/reports/jobs") {
        Self.method("GET")(&$0)
        $0["rawQueryString"] = "status=RUNNING&limit=7"
      }, batch: batch)
    #expect(batch.jobs.map(\.text) == [#"{"jobQueue":"reports","jobStatus":"RUNNING","maxResults":7}"#])
  }

  @Test("has no other methods", arguments: ["PUT", "PATCH", "HEAD", "POST", "OPTIONS"])
  func methods(method: String) async throws {
    let run = try await invoke(Self.events(method, Self.path) + Self.events(method, "/queues/reports/jobs"))
    #expect(
      run.responses.map { $0.header("Allow") } == Array(repeating: "GET, DELETE", count: 4)
        + Array(repeating: "GET", count: 4))
    for response in run.responses { expectProblem(response, 405) }
    #expect(run.batch.jobs.isEmpty)
  }

  @Test("is not looked for with less time than a response needs")
  func noTime() async throws {
    let batch = try Self.batch("RUNNING")
    let run = try await invoke(Self.events("DELETE", Self.path).map { $0.with { $0.timeout = 0 } }, batch: batch)
    for response in run.responses { expectProblem(response, 503) }
    #expect(batch.jobs.isEmpty)
  }

  @Test(
    "may be forbidden to callers, or to the function's role",
    arguments: [(["ALLOWED_OPERATIONS": "submit"], 200, "not-allowed"), ([:], 403, "access-denied")])
  func forbidden(variables: [String: String], status: Int, type: String) async throws {
    let batch = try ScriptedServer.answering(
      status == 200
        ? .submitted : .error(403, "AccessDeniedException", "arn:aws:sts::111122223333:assumed-role/x may not"))
    let run = try await invoke(Self.events("GET", Self.path), environment: variables, batch: batch)
    for response in run.responses {
      expectProblem(response, 403)
      #expect(response.problem.type == type)
      #expect(!response.body.contains("111122223333"))
    }
    #expect(batch.jobs.isEmpty == (status == 200))
  }

  /// A Batch with one job.
  private static func batch(_ status: String) throws -> ScriptedServer {
    let job =
      #""jobId":"\#(id)","jobName":"n","status":"\#(status)","jobQueue":"arn:aws:batch:us-east-1:1:job-queue/reports""#
    return try ScriptedServer { request in
      switch request.path {
      case "/v1/describejobs": .answer(.init(200, "{\"jobs\":[{\(job)}]}"))
      case "/v1/listjobs": .answer(.init(200, "{\"jobSummaryList\":[{\(job)}]}"))
      case "/v1/terminatejob": .answer(.init(200, "{}"))
      default: .error(403, "MissingAuthenticationTokenException")
      }
    }
  }

  /// The same request in four formats.
  private static func events(_ method: String, _ path: String) -> [RuntimeAPI.Event] {
    let change = Self.method(method)
    return [
      .rest {
        change(&$0)
        $0["path"] = path
        $0["pathParameters"] = NSNull()
      },
      .defaultRoute(path: path, edit: change), .functionURL(path: path, edit: change), .alb(path: path, edit: change),
    ]
  }

  private static func method(_ method: String) -> (inout [String: Any]) -> Void {
    { event in
      guard var context = event["requestContext"] as? [String: Any], var http = context["http"] as? [String: Any] else {
        event["httpMethod"] = method
        return
      }
      http["method"] = method
      context["http"] = http
      event["requestContext"] = context
    }
  }
}
