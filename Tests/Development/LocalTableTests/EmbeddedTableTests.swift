import Batch
import Credentials
import DynamoDB
import LocalTable
import Platform
import RawJSON
import SigV4
import TestSupport
import Testing

@Suite("The embedded table, written to by the function's own client")
struct EmbeddedTableTests {
  private static let keys = AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret")

  @Test("writes under a condition, and returns the current item when it fails")
  func conditions() async throws {
    try await withTable { (table: DynamoDBTable) throws in
      func claim(_ owner: String, now: Int) throws -> WriteOutcome {
        try table.write(
          .put(
            [("id", .string("k")), ("owner", .string(owner)), ("expiration", .number(100))],
            if: "attribute_not_exists(#id) OR #expiration < :now", names: ["#id", "#expiration"],
            values: [(":now", .number(now))]),
          deadline: Timestamp(milliseconds: .max))
      }
      #expect(try claim("a", now: 50).owner == "written")
      #expect(try claim("b", now: 100).owner == "a")
      #expect(try claim("b", now: 101).owner == "written")
      let release = ConditionalWrite.delete(
        key: ("id", .string("k")), if: "#owner = :owner", names: ["#owner"], values: [(":owner", .string("b"))])
      #expect(try table.write(release, deadline: Timestamp(milliseconds: .max)).owner == "written")
      #expect(try table.write(release, deadline: Timestamp(milliseconds: .max)).owner == nil)
    }
  }

  @Test("refuses a table that doesn't exist, and keys other than its own")
  func refusals() async throws {
    let write = ConditionalWrite.delete(
      key: ("id", .string("k")), if: "attribute_exists(#id)", names: ["#id"], values: [])
    try await withTable("another") { (table: DynamoDBTable) throws in
      let error = #expect(throws: DynamoDB.TableError.self) {
        try table.write(write, deadline: Timestamp(milliseconds: .max))
      }
      let text = try #require(error).description
      #expect(text.contains("doesn't exist"))
    }
    try await withTable(keys: AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wrong")) {
      (table: DynamoDBTable) throws in
      let error = #expect(throws: DynamoDB.TableError.self) {
        try table.write(write, deadline: Timestamp(milliseconds: .max))
      }
      let text = try #require(error).description
      #expect(text.contains("400 InvalidSignatureException"))
    }
  }

  private func withTable(
    _ name: String = EmbeddedTable.defaultName, keys: AWSCredentials = keys,
    _ body: @escaping @Sendable (DynamoDBTable) throws -> Void
  ) async throws {
    try await EmbeddedTable(credentials: Self.keys).serve { port in
      // The client blocks its thread.
      try await offPool {
        let environment = Environment([
          "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": keys.accessKeyID,
          "AWS_SECRET_ACCESS_KEY": keys.secretAccessKey, "AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:\(port)",
        ])
        let clock = WallClock.system
        try body(
          DynamoDBTable(
            name, environment: environment,
            credentials: CredentialsProvider(environment: environment, userAgent: "test", clock: clock),
            userAgent: "test", clock: clock))
      }
    }
  }
}

extension WriteOutcome {
  /// The owner in the item of a failed condition; `written` if it held, nil without an item.
  fileprivate var owner: String? {
    switch self {
    case .written: "written"
    case .conditionFailed(let item): try? item?["owner"]?.object()["S"]?.string()
    }
  }
}
