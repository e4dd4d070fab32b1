import AWSService
import Credentials
import Platform
import RawJSON
import TestSupport
import Testing

@testable import DynamoDB

@Suite("A DynamoDB table")
struct DynamoDBTableTests {
  private let put = ConditionalWrite.put(
    [("id", .string("a\"b")), ("count", .number(-7))], if: "attribute_not_exists(#id) OR #count < :limit",
    names: ["#id", "#count"], values: [(":limit", .number(3))])

  @Test("sends each operation as DynamoDB's JSON protocol has it")
  func bodies() throws {
    let server = try ScriptedServer.answering(.written)
    let table = try table(server)
    for write in [
      put,
      .update(
        key: ("id", .string("a")), "SET #count = :limit", if: "#count < :limit", names: ["#count"],
        values: [(":limit", .number(3))]),
      .delete(key: ("id", .string("a")), if: "#count < :limit", names: ["#count"], values: [(":limit", .number(3))]),
    ] {
      guard case .written = try table.write(write, deadline: Timestamp(milliseconds: 20_000)) else {
        Issue.record("not written")
        continue
      }
    }
    let tail =
      ##""ExpressionAttributeNames":{"#count":"count"},"ExpressionAttributeValues":{":limit":{"N":"3"}},"##
      + ##""ReturnValuesOnConditionCheckFailure":"ALL_OLD"}"##
    #expect(
      server.requests.map(\.text) == [
        ##"{"TableName":"keys","Item":{"id":{"S":"a\"b"},"count":{"N":"-7"}},"##
          + ##""ConditionExpression":"attribute_not_exists(#id) OR #count < :limit","##
          + ##""ExpressionAttributeNames":{"#id":"id","#count":"count"},"##
          + ##""ExpressionAttributeValues":{":limit":{"N":"3"}},"ReturnValuesOnConditionCheckFailure":"ALL_OLD"}"##,
        ##"{"TableName":"keys","Key":{"id":{"S":"a"}},"UpdateExpression":"SET #count = :limit","##
          + ##""ConditionExpression":"#count < :limit","## + tail,
        ##"{"TableName":"keys","Key":{"id":{"S":"a"}},"ConditionExpression":"#count < :limit","## + tail,
      ])
    #expect(server.requests.map(\.operation) == ["PutItem", "UpdateItem", "DeleteItem"])
    let request = try #require(server.requests.first)
    #expect(request.path == "/")
    #expect(request.header("Content-Type") == "application/x-amz-json-1.0")
    #expect(request.header("Authorization")?.contains("/us-east-1/dynamodb/aws4_request") == true)
    #expect(request.header("Authorization")?.contains("x-amz-target") == true)
    #expect(Set(server.requests.map(\.connection)) == [1])
  }

  @Test("returns the current item of a failed condition, if there is one")
  func condition() throws {
    let server = try ScriptedServer.answering(.conditionFailed(["id": ["S": "x"]]), .conditionFailed(nil))
    let table = try table(server)
    guard case .conditionFailed(let item?) = try table.write(put, deadline: Timestamp(milliseconds: 20_000)) else {
      Issue.record("no item")
      return
    }
    #expect(try item["id"]?.object()["S"]?.string() == "x")
    guard case .conditionFailed(nil) = try table.write(put, deadline: Timestamp(milliseconds: 20_000)) else {
      Issue.record("an item")
      return
    }
  }

  @Test(
    "sends a write again if its response is lost, or not DynamoDB's",
    arguments: [
      ScriptedServer.Reply.close, .reset, .halfAnswer(.init(200, "{}")), .answer(.init(200, "<html>")),
      .answer(.init(503, "")), .dynamoDBError(500, "InternalServerError"),
    ])
  func again(reply: ScriptedServer.Reply) throws {
    let server = try ScriptedServer.answering(reply, .written)
    guard case .written = try table(server).write(put, deadline: Timestamp(milliseconds: 20_000)) else {
      Issue.record("not written")
      return
    }
    #expect(server.requests.count == 2)
  }

  @Test("doesn't trust a response that may be another request's")
  func doubtful() throws {
    let whole = ScriptedServer.Response(200, "{}")
    let server = try ScriptedServer.answering(
      .written, .answerThenStray(whole, whole.bytes, milliseconds: nil), .conditionFailed(nil))
    let table = try table(server)
    _ = try table.write(put, deadline: Timestamp(milliseconds: 20_000))
    guard case .conditionFailed = try table.write(put, deadline: Timestamp(milliseconds: 20_000)) else {
      Issue.record("trusted")
      return
    }
    #expect(server.requests.map(\.connection) == [1, 1, 2])
  }

  @Test("gives up after the allowed attempts, or when no time is left for another", arguments: [("2", 2), ("10", 4)])
  func givesUp(variable: String, count: Int) throws {
    let clock = ManualClock(at: 10_000)
    let server = try ScriptedServer { _ in
      clock.advance(by: .milliseconds(100))
      return .dynamoDBError(400, "ThrottlingException")
    }
    // Four attempts of 100 ms, and pauses of 25, 50 and 100 ms; the next would begin after 775 ms.
    let table = try table(server, clock: clock.clock, attempts: variable)
    let error = #expect(throws: TableError.self) { try table.write(put, deadline: Timestamp(milliseconds: 10_700)) }
    #expect(server.requests.count == count)
    #expect("\(try #require(error))".contains("after \(count) attempts"))
  }

  @Test("doesn't repeat what would fail again")
  func final() throws {
    let server = try ScriptedServer.answering(.dynamoDBError(400, "ValidationException", ["message": "bad"]))
    let error = #expect(throws: TableError.self) {
      try table(server).write(put, deadline: Timestamp(milliseconds: 20_000))
    }
    #expect(
      "\(try #require(error))" == "DynamoDB table keys in us-east-1: PutItem failed with 400 ValidationException, "
        + "after 1 attempt: bad")
    #expect(server.requests.count == 1)
  }

  private func table(
    _ server: ScriptedServer, clock: WallClock = ManualClock(at: 10_000).clock, attempts: String = "3"
  ) throws -> DynamoDBTable {
    let environment = Environment([
      "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret",
      "AWS_ENDPOINT_URL_DYNAMODB": server.url, "AWS_MAX_ATTEMPTS": attempts,
    ])
    return try DynamoDBTable(
      "keys", environment: environment,
      credentials: CredentialsProvider(environment: environment, userAgent: "test", clock: clock), userAgent: "test",
      clock: clock, random: { 0.5 })
  }
}
