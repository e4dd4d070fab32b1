import Batch
import LocalBatch
import Platform
import SigV4
import Synchronization
import Testing

@testable import Doctor

/// Runs the check against the embedded Batch, with injected faults.
@Suite("The doctor's findings about Batch")
struct BatchCheckTests {
  /// The lines about these names, and the revisions found.
  private func lines(
    port: Int, credentials: AWSCredentials = EmbeddedBatch.demoCredentials, queues: [String] = [],
    definitions: [String] = []
  ) async throws -> (lines: [String], revisions: [JobDefinitionName: Int]) {
    let environment = Environment(["AWS_ENDPOINT_URL_BATCH": "http://127.0.0.1:\(port)"])
    let batch = try ExaminedBatch(
      environment, region: "us-east-1", credentials: credentials, timeLimit: .seconds(60), again: "doctor")
    let names = Names(queues.compactMap { JobQueueName($0) }, definitions.compactMap { JobDefinitionName($0) })
    let findings = Mutex<[Finding]>([])
    let check = BatchCheck(names: names, again: "doctor") { finding in findings.withLock { $0.append(finding) } }
    let revisions = await check.run(batch)
    let all = findings.withLock { $0 }
    for finding in all { #expect((finding.command == nil) == (finding.verdict == .ok), "\(finding)") }
    return (all.map(\.description), revisions)
  }

  private func expect(_ lines: [String], begin starts: String..., sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(lines.count == starts.count, "\(lines)", sourceLocation: sourceLocation)
    for (line, start) in zip(lines, starts) {
      #expect(line.hasPrefix(start), "\(line)", sourceLocation: sourceLocation)
    }
  }

  @Test("report what exists, and name the account; nothing is changed")
  func well() async throws {
    let batch = EmbeddedBatch(jobQueues: ["reports"], jobDefinitions: ["resize:6", "resize:7"])
    try await batch.serve { port in
      let (lines, revisions) = try await lines(port: port, queues: ["reports"], definitions: ["resize", "resize:6"])
      expect(
        lines, begin: "ok    credentials: accepted by Batch at http://127.0.0.1:\(port), account 123456789012",
        "ok    job queue reports: ENABLED, VALID",
        "ok    job definition resize: 7 is the latest revision that is ACTIVE",
        "ok    job definition resize:6: ACTIVE, and 7 is the latest")
      #expect(revisions[try #require(JobDefinitionName("resize"))] == 7)
    }
    #expect(await batch.receivedBodies.isEmpty)
  }

  @Test("report what doesn't exist or doesn't accept jobs")
  func faults() async throws {
    let batch = EmbeddedBatch(
      jobDefinitions: ["resize:6"], disabledJobQueues: ["closed"], inactiveJobDefinitions: ["resize:7", "gone"])
    try await batch.serve { port in
      let (lines, _) = try await lines(
        port: port, queues: ["nowhere", "closed"], definitions: ["resize:7", "resize:8", "gone", "nothing", "resize"])
      expect(
        lines, begin: "ok    credentials: accepted",
        "fail  job queue nowhere does not exist in us-east-1",
        "fail  job queue closed is DISABLED; run: aws batch update-job-queue --job-queue closed --state ENABLED",
        "fail  job definition resize:7 is INACTIVE; the latest ACTIVE revision is 6",
        "fail  job definition resize:8 does not exist; the latest ACTIVE revision is 6",
        "fail  job definition gone has no ACTIVE revision",
        "fail  job definition nothing does not exist in us-east-1",
        "ok    job definition resize: 6 is the latest")
    }
  }

  @Test("include the keys even if nothing is named")
  func unnamed() async throws {
    try await EmbeddedBatch().serve { port in
      expect(
        try await lines(port: port).lines, begin: "ok    credentials: accepted",
        "skip  job queues: not checked, because none is named",
        "skip  job definitions: not checked, because none is named")
      let wrong = AWSCredentials(accessKeyID: "AKIASTRANGER", secretAccessKey: "s")
      expect(
        try await lines(port: port, credentials: wrong).lines,
        begin: "fail  credentials: the access key or its session token is unknown",
        "skip  job queues: not checked, because none is named",
        "skip  job definitions: not checked, because none is named")
    }
  }

  @Test(
    "stop after one failure of Batch itself",
    arguments: [
      (EmbeddedBatch.Fault.throttling, "fail  Batch is throttling (429 TooManyRequestsException"),
      (.internalError, "fail  Batch at http://127.0.0.1:"),
      (
        .invalidSignature,
        "fail  credentials: the secret key doesn't belong to the access key (403 InvalidSignatureException"
      ),
      (.lostResponse, "fail  Batch at http://127.0.0.1:"),
    ])
  func failures(fault: EmbeddedBatch.Fault, start: String) async throws {
    let batch = EmbeddedBatch()
    await batch.behave(.init(fault), for: .describe)
    try await batch.serve { port in
      expect(
        try await lines(port: port, queues: ["a"], definitions: ["b", "c"]).lines, begin: start, "skip  job queue a",
        "skip  job definition b", "skip  job definition c")
    }
  }

  @Test("include the definitions even if the queues can't be described")
  func permission() async throws {
    let batch = EmbeddedBatch()
    await batch.behave(.init(.accessDenied), for: .describe)
    try await batch.serve { port in
      expect(
        try await lines(port: port, queues: ["a"], definitions: ["b"]).lines,
        begin: "fail  credentials: not allowed to call batch:DescribeJobQueues", "skip  job queue a",
        "fail  credentials: not allowed to call batch:DescribeJobDefinitions", "skip  job definition b")
    }
  }

  @Test("name an address where nothing listens")
  func silence() async throws {
    // Tests never get a port below 1024.
    let port = 9
    let lines = try await lines(port: port, queues: ["a"], definitions: ["b"]).lines
    expect(
      lines, begin: "fail  Batch at http://127.0.0.1:\(port): can't connect", "skip  job queue a",
      "skip  job definition b")
    #expect(try #require(lines.first).hasSuffix("run: unset AWS_ENDPOINT_URL_BATCH"))
  }
}
