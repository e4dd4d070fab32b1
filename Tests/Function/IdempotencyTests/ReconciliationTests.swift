import Batch
import TestSupport
import Testing

@testable import Idempotency

/// The item's owner stopped at second 0; the settle time is 360 s.
@Suite("A request whose key was left in progress")
struct ReconciliationTests {
  private static let overdue = try? KeyedSubmission.item(until: 0)
  private static let settled = try? KeyedSubmission.item(until: -360)
  private static let hash = (try? KeyedSubmission.request().hash) ?? ""

  @Test("finds the job by its exact name and the request's tag, stores it for the owner, and responds with it")
  func found() throws {
    let now = KeyedSubmission.start
    let keyed = try KeyedSubmission(
      table: [.conditionFailed(Self.overdue), .written],
      batch: [
        .listed([("id-1", "D-JOB", now), ("id-2", "d-job", now), ("id-3", "d-job", now)]),
        .described([("id-2", "another"), ("id-3", Self.hash)]),
      ])
    let response = try keyed.send()
    #expect(response.isReplay)
    #expect(
      String(decoding: response.response.body, as: UTF8.self)
        == #"{"jobArn":"arn:aws:batch:us-east-1:123456789012:job/id-3","jobId":"id-3","jobName":"d-job"}"#)
    #expect(keyed.batch.requests.map(\.path) == ["/v1/listjobs", "/v1/describejobs"])
    let list = try #require(keyed.batch.requests.first)
    #expect(list.json["jobQueue"] as? String == "q")
    #expect(list.text.contains(#""filters":[{"name":"JOB_NAME","values":["d-job"]}]"#))
    #expect(keyed.batch.requests.last?.json["jobs"] as? [String] == ["id-2", "id-3"])
    let completion = try #require(keyed.table.requests.last)
    #expect(completion.operation == "UpdateItem")
    #expect(completion.object("ExpressionAttributeValues")[":owner"]?["S"] == "other")
  }

  @Test("gets the job that was found even if it can't be stored")
  func foundButNotStored() throws {
    let keyed = try KeyedSubmission(
      table: [.conditionFailed(Self.overdue), .dynamoDBError(400, "ResourceNotFoundException")],
      batch: [.listed([("id-1", "d-job", KeyedSubmission.start)]), .described([("id-1", Self.hash)])])
    let response = try keyed.send()
    #expect(response.response.jobID == "id-1")
    #expect(response.note?.contains("doesn't exist") == true)
  }

  @Test("looks at every page, up to the one whose jobs are all older than the key")
  func pages() throws {
    let (now, old) = (KeyedSubmission.start, KeyedSubmission.start - 31 * 60 * 1000)
    let keyed = try KeyedSubmission(
      table: [.conditionFailed(Self.settled)],
      batch: [
        .listed([("id-1", "d-job", now)], next: "page-2"), .described([("id-1", "another")]),
        .listed([("id-2", "d-job", now)], next: "page-3"), .described([("id-2", "another")]),
        .listed([("id-3", "d-job", old - 360_000)], next: "page-4"),
      ])
    // There is no job, so the key is taken over, which the script doesn't let happen.
    _ = try keyed.error()
    #expect(
      keyed.batch.requests.filter { $0.path == "/v1/listjobs" }.map { $0.json["nextToken"] as? String }
        == [nil, "page-2", "page-3"])
    #expect(keyed.table.requests.map(\.operation).contains("UpdateItem"))
  }

  @Test("has to wait if there is no job, until one can't turn up anymore", arguments: [(0, 30), (-100, 30), (-355, 5)])
  func notSettled(until seconds: Int, retryAfter: Int) throws {
    let keyed = try KeyedSubmission(
      table: [.conditionFailed(KeyedSubmission.item(until: seconds))], batch: [.listed([])])
    guard case .inProgress(retryAfter) = try keyed.error() else {
      Issue.record("doesn't wait \(retryAfter) s")
      return
    }
    #expect(keyed.table.requests.count == 1)
  }

  @Test("takes the key over once no job can turn up anymore, if its owner hasn't changed, and submits")
  func takeOver() throws {
    let keyed = try KeyedSubmission(
      table: [.conditionFailed(Self.settled), .written, .written], batch: [.listed([]), .submitted])
    let response = try keyed.send()
    #expect(!response.isReplay)
    #expect(keyed.batch.requests.map(\.path) == ["/v1/listjobs", "/v1/submitjob"])
    #expect(keyed.table.requests.map(\.operation) == ["PutItem", "UpdateItem", "UpdateItem"])
    let takeOver = keyed.table.requests[1]
    #expect(takeOver.json["ConditionExpression"] as? String == "#status = :inprogress AND #owner = :held")
    let values = takeOver.object("ExpressionAttributeValues")
    #expect(values[":held"]?["S"] == "other")
    #expect(values[":owner"]?["S"] == "nonce-1")
    #expect(values[":in_progress_expiration"]?["N"] == "\(KeyedSubmission.start + 25_000)")
    #expect(values[":expiration"]?["N"] == "\(KeyedSubmission.start / 1000 + 86_400)")
  }

  @Test("waits, then gets Batch's refusal and frees the key, if its owner named a queue that doesn't exist")
  func unknownQueue() throws {
    let refusal = ScriptedServer.Reply.error(400, "ClientException", "JobQueue q not found.")
    let early = try KeyedSubmission(table: [.conditionFailed(Self.overdue)], batch: [refusal])
    guard case .inProgress(retryAfter: 30) = try early.error() else {
      Issue.record("doesn't wait")
      return
    }
    let late = try KeyedSubmission(
      table: [.conditionFailed(Self.settled), .written, .written], batch: [refusal, refusal])
    guard case .batch(.refused, note: nil) = try late.error() else {
      Issue.record("doesn't submit again")
      return
    }
    #expect(late.batch.requests.map(\.path) == ["/v1/listjobs", "/v1/submitjob"])
    #expect(late.table.requests.map(\.operation) == ["PutItem", "UpdateItem", "DeleteItem"])
  }

  @Test("is told to come back after any other refusal of ListJobs")
  func refusedList() throws {
    for message in ["JobQueue other not found.", "Error executing request", ""] {
      let keyed = try KeyedSubmission(
        table: [.conditionFailed(Self.settled)], batch: [.error(400, "ClientException", message)])
      guard case .undecided = try keyed.error() else {
        Issue.record("decides after \(message)")
        return
      }
      #expect(keyed.table.requests.count == 1)
    }
  }

  @Test("decides by the clock as it was before it asked Batch")
  func clockBeforeList() throws {
    let keyed = try KeyedSubmission(
      table: [.conditionFailed(KeyedSubmission.item(until: -359))], batch: [.listed([])],
      beforeBatch: { if $0 == 1 { $1.advance(by: .seconds(2)) } })
    guard case .inProgress = try keyed.error() else {
      Issue.record("doesn't wait")
      return
    }
  }

  @Test("knows the key for its own if the response to the take-over is lost")
  func lostTakeOver() throws {
    let keyed = try KeyedSubmission(
      table: [
        .conditionFailed(Self.settled), .close, .conditionFailed(KeyedSubmission.item(owner: "nonce-1")), .written,
      ],
      batch: [.listed([]), .submitted])
    #expect(try !keyed.send().isReplay)
    #expect(keyed.batch.requests.count == 2)
  }

  @Test("frees the key if the take-over's outcome stays unknown")
  func unknownTakeOver() throws {
    let keyed = try KeyedSubmission(
      table: [.conditionFailed(Self.settled), .close, .close, .close, .written], batch: [.listed([])])
    guard case .unchecked = try keyed.error() else {
      Issue.record("checked")
      return
    }
    #expect(keyed.table.requests.suffix(2).map(\.operation) == ["UpdateItem", "DeleteItem"])
    #expect(keyed.batch.requests.count == 1)
  }

  @Test("submits nothing if another request takes the key over first, or the key is free again")
  func lostRace() throws {
    for reply in [
      ScriptedServer.Reply.conditionFailed(try KeyedSubmission.item(owner: "third")), .conditionFailed(nil),
    ] {
      let keyed = try KeyedSubmission(table: [.conditionFailed(Self.settled), reply], batch: [.listed([])])
      guard case .inProgress(1) = try keyed.error() else {
        Issue.record("doesn't wait")
        continue
      }
      #expect(keyed.batch.requests.count == 1)
    }
  }

  @Test("gets the response that another request has stored meanwhile")
  func completedMeanwhile() throws {
    let stored = try KeyedSubmission.item(owner: "third", data: ScriptedServer.Response.submittedBody)
    let keyed = try KeyedSubmission(
      table: [.conditionFailed(Self.settled), .conditionFailed(stored)], batch: [.listed([])])
    #expect(try keyed.send().isReplay)
    #expect(keyed.batch.requests.count == 1)
  }

  @Test("has to wait if a job of that name is listed, but not described yet, even after the settle time")
  func undescribed() throws {
    let keyed = try KeyedSubmission(
      table: [.conditionFailed(Self.settled)],
      batch: [.listed([("id-1", "d-job", KeyedSubmission.start)]), .described([])])
    guard case .inProgress = try keyed.error() else {
      Issue.record("doesn't wait")
      return
    }
    #expect(keyed.table.requests.count == 1)
  }

  @Test(
    "is undecided if Batch doesn't say whether there is a job",
    arguments: [
      ([.error(403, "AccessDeniedException", "no")], "the function's role lacks batch:ListJobs"),
      ([.error(400, "ClientException", "no")], "ListJobs failed with 400 ClientException"),
      ([.listed([("i", "d-job", KeyedSubmission.start)]), .error(403, "AccessDeniedException")], "batch:DescribeJobs"),
      ([.answer(.init(200, "{}")), .answer(.init(200, "[]")), .answer(.init(200, "?"))], "unexpected response"),
      ([], "ListJobs: the connection was lost"),
    ] as [([ScriptedServer.Reply], String)])
  func undecided(replies: [ScriptedServer.Reply], reason: String) throws {
    let keyed = try KeyedSubmission(table: [.conditionFailed(Self.settled)], batch: replies)
    guard case .undecided(let text) = try keyed.error() else {
      Issue.record("decided")
      return
    }
    #expect(text.contains(reason))
    #expect(keyed.table.requests.count == 1)
  }

  @Test("asks Batch again if it throttles, fails or doesn't respond")
  func askedAgain() throws {
    let keyed = try KeyedSubmission(
      table: [.conditionFailed(Self.overdue), .written],
      batch: [
        .throttle, .error(500, "ServerException"), .listed([("id-1", "d-job", KeyedSubmission.start)]), .close,
        .described([("id-1", Self.hash)]),
      ])
    #expect(try keyed.send().response.jobID == "id-1")
  }
}
