import DevelopmentTestSupport
import Foundation
import HTTPTypes
import JSONTree
import LocalBatch
import LocalServer
import Platform
import SAMTemplate
import SigV4
import Synchronization
import Testing

@testable import LocalAPIGateway

@Suite("A client of an AWS service")
struct ServiceClientTests {
  private func client(
    port: Int, credentials: AWSCredentials = EmbeddedBatch.demoCredentials, maximumThreads: Int = 64
  ) -> ServiceClient {
    let environment = Environment(["AWS_ENDPOINT_URL_BATCH": "http://127.0.0.1:\(port)", "AWS_REGION": "eu-west-1"])
    return ServiceClient(
      environment: environment, credentials: credentials, clock: .system, maximumThreads: maximumThreads)
  }

  /// The minimal body of SubmitJob.
  private static let job = #"{"jobName":"demo","jobQueue":"sample-queue","jobDefinition":"sample-job"}"#

  private func request(
    _ body: String = Self.job, method: String = "POST", service: String = "batch", path: String = "/v1/submitjob",
    query: [ServiceRequest.Parameter] = [], headers: HTTPFields = [], timeout: Duration = .seconds(29)
  ) -> ServiceRequest {
    ServiceRequest(
      service: service, region: "us-east-1", method: method, path: path, query: query,
      headers: [("Content-Type", "application/json"), ("X-Amzn-Trace-Id", "Root=1")] + headers, body: Array(body.utf8),
      timeout: timeout)
  }

  @Test("submits a job to Batch, signed for the integration's region")
  func submission() async throws {
    let batch = EmbeddedBatch()
    try await batch.serve { port in
      let response = try await client(port: port).send(request())
      #expect(response.status == 200)
      #expect(response.headers.values("content-type") == ["application/json"])
      #expect(try JSON(parsing: response.body)["jobName"] == .string("demo"))
    }
    #expect(await batch.submitJobBodies == [Array(Self.job.utf8)])
  }

  @Test("signs the x-amz- headers, and a path and query with special characters")
  func signature() async throws {
    try await EmbeddedBatch().serve { port in
      let odd = request(
        path: "/v1/a%20b/%C3%A9:c", query: [.init(name: "b", value: "ü &="), .init(name: "a b", value: "")],
        headers: [("X-Amz-Target", "t"), ("Host", "spoofed"), ("X-Amz-Date", "20000101T000000Z"), ("X-Tenant", "é")])
      let response = try await client(port: port).send(odd)
      // Batch checks the signature first; then it rejects the path.
      #expect(response.status != 403, "\(String(decoding: response.body, as: UTF8.self))")
    }
  }

  @Test("returns Batch's error response to a wrong key")
  func wrongKey() async throws {
    try await EmbeddedBatch().serve { port in
      let wrong = AWSCredentials(accessKeyID: EmbeddedBatch.demoCredentials.accessKeyID, secretAccessKey: "wrong")
      let response = try await client(port: port, credentials: wrong).send(request())
      #expect(response.status == 403)
      #expect(response.headers.values("X-Amzn-ErrorType").isEmpty == false)
    }
  }

  @Test("sends the session token of temporary credentials, signed")
  func sessionToken() async throws {
    let seen = Mutex<[String]>([])
    let responder = TextResponder { request in
      let names = ["X-Amz-Security-Token", "Authorization", "User-Agent"]
      seen.withLock { $0 = names.map { request.header($0) ?? "" } }
      return "{}"
    }
    try await withLocalServer(responder) { port in
      let keys = AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "s", sessionToken: "the-token")
      _ = try await client(port: port, credentials: keys).send(request(headers: [("User-Agent", "AmazonAPIGateway_x")]))
    }
    let headers = seen.withLock { $0 }
    try #require(headers.count == 3)
    #expect(headers[0] == "the-token")
    #expect(headers[1].contains("/us-east-1/batch/aws4_request"))
    #expect(headers[1].contains("SignedHeaders=content-type;host;x-amz-date;x-amz-security-token,"))
    #expect(headers[2] == "AmazonAPIGateway_x")
  }

  @Test("serves all callers concurrently")
  func parallel() async throws {
    // Each response waits for the last request.
    let count = 60
    let meeting = Meeting(count)
    let responder = TextResponder { _ in
      await meeting.join()
      return "{}"
    }
    try await withLocalServer(responder) { port in
      let client = client(port: port)
      let statuses = try await withThrowingTaskGroup { group in
        for _ in 0..<count { group.addTask { try await client.send(request()).status } }
        return try await group.reduce(into: [Int]()) { $0.append($1) }
      }
      #expect(statuses == Array(repeating: 200, count: count))
    }
  }

  @Test("sends at most so many requests at once, and the others when there is a thread")
  func bounded() async throws {
    // Each response waits until there are three requests.
    let seen = Mutex((now: 0, most: 0))
    let meeting = Meeting(3)
    let responder = TextResponder { _ in
      seen.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
      await meeting.join()
      seen.withLock { $0.now -= 1 }
      return "{}"
    }
    try await withLocalServer(responder) { port in
      let client = client(port: port, maximumThreads: 3)
      let statuses = try await withThrowingTaskGroup { group in
        for _ in 0..<42 { group.addTask { try await client.send(request()).status } }
        return try await group.reduce(into: [Int]()) { $0.append($1) }
      }
      #expect(statuses == Array(repeating: 200, count: 42))
    }
    #expect(seen.withLock { $0.most } <= 3)
  }

  @Test("sends nothing if the time limit passes before there is a thread")
  func notSent() async throws {
    let (requests, arrived) = AsyncStream.makeStream(of: Void.self)
    let gate = AsyncStream.makeStream(of: Void.self)
    let responder = TextResponder { _ in
      arrived.yield()
      for await _ in gate.stream {}
      return "{}"
    }
    let others = try await withLocalServer(responder) { port in
      let client = client(port: port, maximumThreads: 1)
      let first = Task { try await client.send(request()).status }
      _ = await requests.first { _ in true }
      let second = Task { try await client.send(request(timeout: .milliseconds(1))).status }
      try await until { client.threads.waitingCount == 1 }
      let enqueued = WallClock.system.now
      try await until { WallClock.system.now > enqueued + .milliseconds(1) }
      gate.continuation.finish()
      #expect(try await first.value == 200)
      let failure = await #expect(throws: GatewayFailure.self) { try await second.value }
      #expect(failure?.type == .integrationTimeout)
      #expect(failure?.cause?.hasPrefix("nothing was sent: 1 others were under way") == true)
      arrived.finish()
      return await requests.reduce(0) { count, _ in count + 1 }
    }
    #expect(others == 0)
  }

  @Test("gives up at the time limit if no response arrives")
  func timeout() async throws {
    let responder = TextResponder { _ in
      // Ends with the server.
      for await _ in AsyncStream<Void>.makeStream().stream {}
      return "{}"
    }
    _ = try await withLocalServer(responder) { port in
      await #expect(throws: GatewayFailure.integrationTimeout) {
        try await client(port: port).send(request(timeout: .milliseconds(100)))
      }
    }
  }

  @Test("fails with the transport's cause if nothing listens")
  func unreachable() async throws {
    // A port that was free a moment ago.
    let port = try await withLocalServer(TextResponder { _ in nil }) { $0 }
    let failure = await #expect(throws: GatewayFailure.self) { try await client(port: port).send(request()) }
    #expect(failure?.type == .integrationFailure)
    #expect(failure?.cause?.hasPrefix("http://127.0.0.1:\(port): can't connect") == true, "\(failure?.cause ?? "")")
  }

  @Test("fails for an unsupported method, service, region or endpoint")
  func configuration() async throws {
    let cases = [
      (request(method: "PUT"), Environment([:]), "PUT"), (request(service: "sqs"), Environment([:]), "sqs"),
      (request(), Environment(["AWS_ENDPOINT_URL_BATCH": "nope"]), "AWS_ENDPOINT_URL_BATCH"),
    ]
    for (request, environment, name) in cases {
      let client = ServiceClient(
        environment: environment, credentials: EmbeddedBatch.demoCredentials, clock: .system)
      let failure = await #expect(throws: GatewayFailure.self) { try await client.send(request) }
      #expect(failure?.type == .apiConfigurationError)
      #expect(failure?.cause?.contains(name) == true)
    }
  }

  @Test("carries a request through the integration and back")
  func integration() async throws {
    var exchange = Exchange(path: "/jobs/sample-queue", body: #"{"jobName": "mine"}"#)
    try exchange.integration.setTemplate(
      """
      {"jobName":$input.json('$.jobName'),"jobQueue":"$util.urlDecode($input.params('queue'))",\
      "jobDefinition":"sample-job"}
      """)
    try exchange.integration.addResponse("200")
    try exchange.integration.addResponse(
      "400", status: 400, templates: ["application/json": #"{"detail":$input.json('$.message')}"#])
    let batch = EmbeddedBatch()
    try await batch.serve { [exchange] port in
      let client = client(port: port)
      var exchange = exchange
      let submitted = try await exchange.integration.respond(
        to: exchange.routed, traceID: Exchange.traceID, action: Exchange.action, send: client.send)
      #expect(submitted.status == 200)
      #expect(try JSON(parsing: submitted.body)["jobName"] == .string("mine"))
      exchange.path = "/jobs/no%2Dqueue"
      let refused = try await exchange.integration.respond(
        to: exchange.routed, traceID: Exchange.traceID, action: Exchange.action, send: client.send)
      #expect(refused.status == 400)
      #expect(try JSON(parsing: refused.body)["detail"]?.string?.contains("no-queue") == true)
    }
    #expect(
      await batch.submitJobBodies == [
        Array(#"{"jobName":"mine","jobQueue":"sample-queue","jobDefinition":"sample-job"}"#.utf8)
      ])
  }
}

/// A barrier that holds tasks until the expected number has arrived.
private actor Meeting {
  private let count: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) {
    self.count = count
  }

  func join() async {
    await withCheckedContinuation { continuation in
      waiting.append(continuation)
      guard waiting.count == count else { return }
      for one in waiting { one.resume() }
      waiting = []
    }
  }
}
