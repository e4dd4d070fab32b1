import Batch
import TestSupport
import Testing

@testable import Idempotency

@Suite("The first request with a key")
struct FirstRequestTests {
  @Test("claims the key, submits the job with the request's tag, and stores the response")
  func wholeWay() throws {
    let keyed = try KeyedSubmission(table: [.written, .written])
    let response = try keyed.send()
    #expect(!response.isReplay)
    #expect(response.note == nil)
    #expect(String(decoding: response.response.body, as: UTF8.self) == ScriptedServer.Response.submittedBody)
    let hash = try KeyedSubmission.request().hash
    let job = try #require(keyed.batch.jobs.first)
    #expect(job.json["tags"] as? [String: String] == ["apigw-batch:request": hash])
    #expect(keyed.table.requests.map(\.operation) == ["PutItem", "UpdateItem"])
    let claim = try #require(keyed.table.requests.first)
    let item = claim.object("Item")
    #expect(item["id"]?["S"] == "apigw-batch#\(hash)")
    #expect(item["status"]?["S"] == "INPROGRESS")
    #expect(item["owner"]?["S"] == "nonce-1")
    #expect(item["in_progress_expiration"]?["N"] == "\(KeyedSubmission.start + 25_000)")
    #expect(item["expiration"]?["N"] == "\(KeyedSubmission.start / 1000 + 86_400)")
    #expect(item["job_name"]?["S"] == job.json["jobName"] as? String)
    #expect(claim.json["ConditionExpression"] as? String == "attribute_not_exists(#id) OR #expiration < :now")
    #expect(claim.json["ReturnValuesOnConditionCheckFailure"] as? String == "ALL_OLD")
    let completion = try #require(keyed.table.requests.last)
    #expect(completion.object("ExpressionAttributeValues")[":data"]?["S"] == ScriptedServer.Response.submittedBody)
    #expect(completion.object("ExpressionAttributeValues")[":owner"]?["S"] == "nonce-1")
    #expect(completion.json["ConditionExpression"] as? String == "#status = :inprogress AND #owner = :owner")
  }

  @Test("lives at least until a late job of its own is settled, however short the keys' life is")
  func shortLife() throws {
    let keyed = try KeyedSubmission(table: [.written, .written])
    _ = try keyed.send(settings: ["IDEMPOTENCY_EXPIRES_AFTER": "1", "IDEMPOTENCY_SETTLES_AFTER": "100"])
    let expiration = keyed.table.requests.first?.object("Item")["expiration"]?["N"]
    #expect(expiration == "\(KeyedSubmission.start / 1000 + 25 + 100 + 5)")
  }

  @Test(
    "claims again if the claim's response is lost, and knows the key for its own",
    arguments: [ScriptedServer.Reply.close, .reset, .dynamoDBError(500, "InternalServerError")])
  func lostClaim(loss: ScriptedServer.Reply) throws {
    let ours = try KeyedSubmission.item(owner: "nonce-1")
    let keyed = try KeyedSubmission(table: [loss, .conditionFailed(ours), .written])
    #expect(try !keyed.send().isReplay)
    #expect(keyed.batch.jobs.count == 1)
    #expect(keyed.table.requests.map(\.operation) == ["PutItem", "PutItem", "UpdateItem"])
    #expect(Set(keyed.table.requests.prefix(2).map(\.text)).count == 1)
  }

  @Test(
    "claims again if DynamoDB throttles or conflicts",
    arguments: [
      "ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded",
      "TransactionConflictException", "ReplicatedWriteConflictException",
    ])
  func throttledClaim(name: String) throws {
    let keyed = try KeyedSubmission(table: [.dynamoDBError(400, name), .written, .written])
    #expect(try !keyed.send().isReplay)
    #expect(keyed.batch.jobs.count == 1)
  }

  @Test("frees the key, if it is still the owner, when Batch surely has no job")
  func release() throws {
    let keyed = try KeyedSubmission(table: [.written, .written], batch: [.error(400, "ClientException", "No queue")])
    guard case .batch(.refused, note: nil) = try keyed.error() else {
      Issue.record("not a refusal")
      return
    }
    #expect(keyed.table.requests.map(\.operation) == ["PutItem", "DeleteItem"])
    let release = try #require(keyed.table.requests.last)
    #expect(release.json["ConditionExpression"] as? String == "#status = :inprogress AND #owner = :owner")
    #expect(release.object("ExpressionAttributeValues")[":owner"]?["S"] == "nonce-1")
  }

  @Test(
    "keeps the key when Batch may have a job",
    arguments: [ScriptedServer.Reply.close, .error(500, "ServerException"), .answer(.init(200, "{}"))])
  func unknownOutcome(reply: ScriptedServer.Reply) throws {
    let keyed = try KeyedSubmission(table: [.written], batch: [reply])
    guard case .batch(let error, _) = try keyed.error() else {
      Issue.record("not an error of Batch")
      return
    }
    #expect(!error.excludesJob)
    #expect(keyed.batch.jobs.count == 1)
    #expect(keyed.table.requests.map(\.operation) == ["PutItem"])
  }

  @Test("gets the job even if the response can't be stored; the note says so")
  func failedCompletion() throws {
    let keyed = try KeyedSubmission(
      table: [.written, .dynamoDBError(400, "AccessDeniedException", ["Message": "no"])])
    let response = try keyed.send()
    #expect(!response.isReplay)
    #expect(response.note?.contains("lacks dynamodb:UpdateItem") == true)
  }

  @Test("submits nothing if the claim takes until the deadline, and frees the key")
  func lateClaim() throws {
    let keyed = try KeyedSubmission(
      table: [.written, .written], batch: [], beforeTable: { if $0 == 1 { $1.advance(by: .seconds(20)) } })
    guard case .batch(.notSent, note: nil) = try keyed.error() else {
      Issue.record("not unsent")
      return
    }
    #expect(keyed.batch.requests.isEmpty)
    #expect(keyed.table.requests.map(\.operation) == ["PutItem", "DeleteItem"])
  }

  @Test(
    "submits nothing if the table can't be used, and the reason names it",
    arguments: [
      ("ResourceNotFoundException", "DynamoDB table keys in us-east-1 doesn't exist"),
      ("AccessDeniedException", "the function's role lacks dynamodb:PutItem"),
      ("ValidationException", "PutItem failed with 400 ValidationException"),
      ("UnrecognizedClientException", "UnrecognizedClientException"),
    ])
  func unusableTable(name: String, reason: String) throws {
    let keyed = try KeyedSubmission(table: [.dynamoDBError(400, name, ["message": "said"])])
    guard case .unchecked(let text) = try keyed.error() else {
      Issue.record("checked")
      return
    }
    #expect(text.contains(reason))
    #expect(text.contains("table keys"))
    #expect(keyed.batch.requests.isEmpty)
    #expect(keyed.table.requests.count == 1)
  }

  @Test(
    "submits nothing if the claim's outcome stays unknown, and frees the key, which may be taken",
    arguments: [ScriptedServer.Reply.close, .dynamoDBError(500, "InternalServerError")])
  func unknownClaim(reply: ScriptedServer.Reply) throws {
    let keyed = try KeyedSubmission(table: [reply, reply, reply, .written])
    guard case .unchecked(let text) = try keyed.error() else {
      Issue.record("checked")
      return
    }
    #expect(text.contains("after 3 attempts"))
    #expect(keyed.batch.requests.isEmpty)
    #expect(keyed.table.requests.map(\.operation) == ["PutItem", "PutItem", "PutItem", "DeleteItem"])
    #expect(keyed.table.requests.last?.object("ExpressionAttributeValues")[":owner"]?["S"] == "nonce-1")
  }

  @Test("submits nothing if the table throttles, and leaves the key, which it surely hasn't taken")
  func throttlingTable() throws {
    let keyed = try KeyedSubmission(table: Array(repeating: .dynamoDBError(400, "ThrottlingException"), count: 3))
    guard case .unchecked = try keyed.error() else {
      Issue.record("checked")
      return
    }
    #expect(keyed.table.requests.map(\.operation) == ["PutItem", "PutItem", "PutItem"])
  }
}

@Suite("A further request with a key")
struct FurtherRequestTests {
  @Test("gets the first response again")
  func replay() throws {
    let body = ScriptedServer.Response.submittedBody
    let keyed = try KeyedSubmission(table: [.conditionFailed(KeyedSubmission.item(data: body))])
    let response = try keyed.send()
    #expect(response.isReplay)
    #expect(response.response.attempts == 0)
    #expect(String(decoding: response.response.body, as: UTF8.self) == body)
    #expect(keyed.batch.requests.isEmpty)
  }

  @Test("is refused if the key was used for another request", arguments: [nil, ScriptedServer.Response.submittedBody])
  func reused(data: String?) throws {
    let item = try KeyedSubmission.item(data: data, changes: ["validation": ["S": "another"]])
    let keyed = try KeyedSubmission(table: [.conditionFailed(item)])
    guard case .reused = try keyed.error() else {
      Issue.record("not refused")
      return
    }
    #expect(keyed.batch.requests.isEmpty)
  }

  @Test("has to wait while the first one may still be running", arguments: [(60, 5), (3, 3), (1, 1)])
  func inProgress(secondsLeft: Int, retryAfter: Int) throws {
    let keyed = try KeyedSubmission(table: [.conditionFailed(KeyedSubmission.item(until: secondsLeft))])
    guard case .inProgress(retryAfter) = try keyed.error() else {
      Issue.record("doesn't wait \(retryAfter) s")
      return
    }
    #expect(keyed.batch.requests.isEmpty)
  }

  @Test(
    "submits nothing if the key's item is malformed, and the reason names table, item and attribute",
    arguments: ["status", "owner", "validation", "in_progress_expiration", "expiration", "job_queue", "job_name", "id"])
  func malformedItem(attribute: String) throws {
    for value in [nil, ["S": "x y"], ["N": "1e9"]]
    where value?["S"] == nil || !["owner", "validation", "id"].contains(attribute) {
      let item = try KeyedSubmission.item(changes: [attribute: value])
      let keyed = try KeyedSubmission(table: [.conditionFailed(item)])
      guard case .unchecked(let text) = try keyed.error() else {
        Issue.record("\(attribute) \(String(describing: value))")
        continue
      }
      #expect(text.contains("DynamoDB table keys"))
      #expect(text.contains("has no valid \(attribute)"))
      #expect(keyed.batch.requests.isEmpty)
    }
  }

  @Test("submits nothing if the stored response is missing or not SubmitJob's", arguments: ["{}", ""])
  func malformedData(data: String) throws {
    let keyed = try KeyedSubmission(table: [.conditionFailed(KeyedSubmission.item(data: data))])
    guard case .undecided(let text) = try keyed.error() else {
      Issue.record("decided")
      return
    }
    #expect(text.contains("has no valid data"))
  }
}
