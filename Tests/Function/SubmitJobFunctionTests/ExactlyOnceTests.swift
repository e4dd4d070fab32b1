import Foundation
import TestSupport
import Testing

@Suite("A job is submitted exactly once for a key")
struct ExactlyOnceTests {
  @Test("and the log says what was done for it, but not the key")
  func submitted() async throws {
    let table = try ScriptedServer.answering(.written)
    let run = try await invoke(keyed(), environment: environment(table))
    #expect(run.response.statusCode == 200)
    #expect(run.response.body == ScriptedServer.Response.submittedBody)
    #expect(run.response.header("Idempotent-Replayed") == nil)
    #expect(table.requests.map(\.operation) == ["PutItem", "UpdateItem"])
    #expect(run.log.first?["message"] == "Submitted the job")
    #expect(!run.written.contains("secret-key"))
    #expect(!table.requests.contains { $0.text.contains("secret-key") })
  }

  @Test("in every event format, without asking Batch again")
  func replayed() async throws {
    for event in [RuntimeAPI.Event.rest(edit: add), .http(edit: add), .functionURL(edit: add), .alb(edit: add)] {
      let item = Monitor<[String: [String: String]]>([:])
      // The first request's own item, completed.
      let table = try ScriptedServer { request in
        guard request.operation == "PutItem" else { return .written }
        return item.withLock { item in
          defer { item = request.object("Item") }
          if item.isEmpty { return .written }
          return .conditionFailed(
            item.merging(["status": ["S": "COMPLETED"], "data": ["S": ScriptedServer.Response.submittedBody]]) { $1 })
        }
      }
      let run = try await invoke(
        event.with { $0.requestID = "1" }, event.with { $0.requestID = "2" }, environment: environment(table))
      #expect(run.responses.map(\.statusCode) == [200, 200], "\(run.written)")
      #expect(run.responses.map(\.body) == Array(repeating: ScriptedServer.Response.submittedBody, count: 2))
      #expect(run.responses.last?.header("Idempotent-Replayed") == "true")
      #expect(run.responses.map { $0.header("Location") } == Array(repeating: JobTests.location, count: 2))
      #expect(run.batch.jobs.count == 1)
      #expect(run.log.last?["message"]?.contains("earlier request") == true)
    }
  }

  @Test("and a caller who got no response is told to repeat the request, not to look for the job")
  func unknownOutcome() async throws {
    let table = try ScriptedServer.answering(.written)
    let run = try await invoke(keyed(), environment: environment(table), batch: .answering(.close))
    expectProblem(run.response, 504, submitted: "unknown")
    #expect(run.problem.detail.contains("Send the same request with the same Idempotency-Key again"))
    #expect(!run.problem.detail.contains("list-jobs"))
    #expect(table.requests.map(\.operation) == ["PutItem"])
  }

  @Test("and not at all if the table may not be written: the log names it and the permission, the response doesn't")
  func noPermission() async throws {
    let table = try ScriptedServer.answering(.dynamoDBError(400, "AccessDeniedException", ["Message": "no"]))
    let run = try await invoke(keyed(), environment: environment(table))
    expectProblem(run.response, 503)
    #expect(run.problem.type == "idempotency-key-unchecked")
    #expect(run.batch.jobs.isEmpty)
    #expect(run.log.first?["message"]?.contains("table keys-of-prod") == true)
    #expect(run.log.first?["message"]?.contains("lacks dynamodb:PutItem") == true)
    #expect(!run.response.body.contains("keys-of-prod"))
  }

  @Test("and a request without a key leaves the table alone")
  func withoutKey() async throws {
    let table = try ScriptedServer.answering(.written)
    let run = try await invoke(.rest(), environment: environment(table))
    #expect(run.response.statusCode == 200)
    #expect(table.connections == 0)
  }

  private func keyed() -> RuntimeAPI.Event { .rest(edit: add) }

  private func environment(_ table: ScriptedServer) -> [String: String?] {
    ["IDEMPOTENCY_TABLE": "keys-of-prod", "AWS_ENDPOINT_URL_DYNAMODB": table.url]
  }

  /// Adds a key to an event's headers.
  @Sendable private func add(_ event: inout [String: Any]) {
    for map in ["headers", "multiValueHeaders"] {
      guard var headers = event[map] as? [String: Any] else { continue }
      headers["idempotency-key"] = map == "headers" ? "secret-key" as Any : ["secret-key"]
      event[map] = headers
    }
  }
}
