import Batch
import Credentials
import Platform
import TestSupport
import Testing

@testable import Idempotency

/// A key's requests to an `Idempotency` between a scripted table and a scripted Batch, by a clock that the test moves.
final class KeyedSubmission: Sendable {
  /// The time at the start, in milliseconds.
  static let start = 1_000_000_000

  let clock = ManualClock(at: start)
  let table: ScriptedServer
  let batch: ScriptedServer
  private let nonces = Monitor(0)

  init(table: [ScriptedServer.Reply], batch: [ScriptedServer.Reply] = [.submitted]) throws {
    (self.table, self.batch) = (try Self.server(table) { _ in }, try Self.server(batch) { _ in })
  }

  /// With closures that run before each reply, with the number of the request.
  init(
    table: [ScriptedServer.Reply], batch: [ScriptedServer.Reply],
    beforeTable: @escaping @Sendable (Int, ManualClock) -> Void = { _, _ in },
    beforeBatch: @escaping @Sendable (Int, ManualClock) -> Void = { _, _ in }
  ) throws {
    let clock = clock
    self.table = try Self.server(table) { beforeTable($0, clock) }
    self.batch = try Self.server(batch) { beforeBatch($0, clock) }
  }

  /// Follows a script to its end, then closes connections.
  private static func server(
    _ script: [ScriptedServer.Reply], _ before: @escaping @Sendable (Int) -> Void
  ) throws -> ScriptedServer {
    let count = Monitor(0)
    return try ScriptedServer { _ in
      let number = count.withLock { count in
        count += 1
        return count
      }
      before(number)
      return number <= script.count ? script[number - 1] : .close
    }
  }

  /// Sends the request, whose time is up in 20 s.
  func send(body: String = "{}", jobName: String? = nil, settings: [String: String] = [:]) throws -> KeyedResponse {
    let environment = Environment(
      [
        "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_ENDPOINT_URL_BATCH": batch.url, "AWS_ENDPOINT_URL_DYNAMODB": table.url, "IDEMPOTENCY_TABLE": "keys",
      ].merging(settings) { $1 })
    let credentials = try CredentialsProvider(environment: environment, userAgent: "test", clock: clock.clock)
    let client = try BatchClient(
      environment: environment, credentials: credentials, userAgent: "test", clock: clock.clock, random: { 0.5 })
    let idempotency = try #require(
      try Idempotency(
        IdempotencyConfiguration(environment: environment), environment: environment, credentials: credentials,
        batch: client, userAgent: "test", clock: clock.clock, nonce: nonce))
    let deadline = clock.now + .seconds(20)
    return try idempotency.submit(
      Self.job(body: body, jobName: jobName), Self.request(body: body), deadline: deadline,
      recordDeadline: deadline + .milliseconds(250))
  }

  private func nonce() -> String {
    nonces.withLock { count in
      count += 1
      return "nonce-\(count)"
    }
  }

  /// The identity of the request.
  static func request(body: String = "{}") throws -> KeyedRequest {
    KeyedRequest(
      key: try #require(try IdempotencyKey(headerLines: ["key-1"])), caller: nil, jobQueue: "q", jobDefinition: "d",
      body: Array(body.utf8))
  }

  private static func job(body: String, jobName: String?) throws -> SubmitJobRequest {
    let hash = try request(body: body).hash
    let members = jobName.map { #"{"jobName":"\#($0)"}"# } ?? body
    return try SubmitJobRequest(
      jobQueue: try #require(JobQueueName("q")), jobDefinition: try #require(JobDefinitionName("d")),
      members: Array(members.utf8), id: hash, requestTag: hash)
  }

  /// The key's item, held by another invocation whose time is up at `start` plus some seconds.
  static func item(
    owner: String = "other", until seconds: Int = 10, data: String? = nil, changes: [String: [String: String]?] = [:]
  ) throws -> [String: [String: String]] {
    let request = try request()
    var item = [
      "id": ["S": "apigw-batch#\(request.hash)"], "validation": ["S": request.validation], "owner": ["S": owner],
      "status": ["S": data == nil ? "INPROGRESS" : "COMPLETED"],
      "in_progress_expiration": ["N": "\(start + seconds * 1000)"], "expiration": ["N": "\(start / 1000 + 86_400)"],
      "job_queue": ["S": "q"], "job_name": ["S": "d-job"],
    ]
    item["data"] = data.map { ["S": $0] }
    for (name, value) in changes { item[name] = value }
    return item
  }

  /// The error of a request that must get no job.
  func error(settings: [String: String] = [:]) throws -> IdempotencyError {
    try #require(#expect(throws: IdempotencyError.self) { try send(settings: settings) })
  }
}

extension ScriptedServer.Reply {
  /// A page of ListJobs.
  static func listed(_ jobs: [(id: String, name: String, createdAt: Int)], next: String? = nil) -> Self {
    let summaries = jobs.map { ["jobId": $0.id, "jobName": $0.name, "createdAt": $0.createdAt] as [String: Any] }
    var page: [String: Any] = ["jobSummaryList": summaries]
    page["nextToken"] = next
    return .answer(.init(200, JSONText.bytes(page)))
  }

  /// The response of DescribeJobs.
  static func described(_ jobs: [(id: String, request: String)]) -> Self {
    let details = jobs.map {
      [
        "jobId": $0.id, "jobArn": "arn:aws:batch:us-east-1:123456789012:job/\($0.id)", "jobName": "d-job",
        "tags": ["apigw-batch:request": $0.request],
      ] as [String: Any]
    }
    return .answer(.init(200, JSONText.bytes(["jobs": details])))
  }
}
