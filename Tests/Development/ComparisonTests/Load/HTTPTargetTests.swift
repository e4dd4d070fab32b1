import HTTPTransport
import Platform
import SigV4
import TestSupport
import Testing

@testable import Comparison

@Suite("An HTTP target", .timeLimit(.minutes(1)))
struct HTTPTargetTests {
  private func target(_ url: String, signing: HTTPTarget.Signing? = nil, clock: WallClock = .system) throws
    -> HTTPTarget
  {
    try HTTPTarget(url: url, signing: signing, environment: Environment([:]), clock: clock) { number in
      Array(#"{"jobName":"job-\#(number)"}"#.utf8)
    }
  }

  @Test("receives each request once, over one connection per worker")
  func connections() async throws {
    let server = try ScriptedServer.answering(.answer(.init(200, "{}")))
    let target = try target(server.url + "/jobs/queue/definition%3A3")
    let load = try Load(requests: 30, concurrency: 3, warmUp: 6)
    let result = try await LoadGenerator(load) { try target.sender() }.run()
    #expect(result.samples.count(where: \.isSuccess) == 30)
    #expect(server.requests.count == 36)
    #expect(server.connections <= 3)
    #expect(Set(server.requests.map(\.text)).count == 36)
    #expect(server.requests.allSatisfy { $0.method == "POST" && $0.path == "/jobs/queue/definition%3A3" })
    #expect(server.requests.allSatisfy { $0.header("Content-Type") == "application/json" })
    #expect(server.requests.allSatisfy { $0.header("Authorization") == nil })
  }

  @Test("receives no request again when the connection dies, which counts as an error")
  func lost() async throws {
    let ok = ScriptedServer.Reply.answer(.init(200, "{}"))
    let server = try ScriptedServer.answering(ok, ok, .close, ok, .reset, .answer(.init(503, "{}")), ok)
    let target = try target(server.url + "/jobs")
    let result = try await LoadGenerator(Load(requests: 10, concurrency: 1)) { try target.sender() }.run()
    #expect(server.requests.count == 10)
    let latency = result.latency(of: "direct")
    #expect((latency.requests, latency.errors) == (10, 3))
    #expect(latency.failures["status 503"] == 1)
    #expect(latency.failures.keys.count { $0.hasPrefix("\(server.authority): the connection was lost") } >= 1)
  }

  @Test("is named with the cause if nothing listens there")
  func dead() async throws {
    let server = try ScriptedServer(listening: false) { _ in .close }
    let target = try target(server.url + "/jobs")
    let load = try Load(requests: 100, concurrency: 2, warmUp: 4)
    let result = try await LoadGenerator(load) { try target.sender() }.run()
    #expect(
      result.incomplete
        == "nothing was measured: no warm-up request got a response (\(server.authority): can't connect)")
  }

  @Test("is given up after one timeout per worker if it accepts connections but never responds")
  func silent() async throws {
    let server = try ScriptedServer.answering(.stall)
    let target = try HTTPTarget(
      url: server.url + "/jobs", environment: Environment([:]), timeLimit: .milliseconds(200)
    ) { _ in RunningVariant.emptyJob }
    let load = try Load(requests: 1000, concurrency: 4, warmUp: 50)
    let result = try await LoadGenerator(load) { try target.sender() }.run()
    server.stop()
    #expect(
      result.incomplete
        == "nothing was measured: no warm-up request got a response (\(server.authority): timed out)")
    // Far fewer than the 50 requests, each of which waits for a fifth of a second.
    #expect(result.warmUp.count < 12)
  }

  @Test(
    "has its responses noted: the first one, and whether any names a job",
    arguments: [
      ([(400, #"{"detail":"no such\nqueue"}"#), (200, #"{"jobId":"1"}"#)], #"400, "no such queue""#, true),
      ([(200, "<html>"), (404, "")], "200 without a jobId", false),
      ([(404, #"{"message":"Not Found"}"#), (403, #"{"jobId":"1"}"#)], #"404, "Not Found""#, false),
      ([(503, "")], "503", false),
    ] as [([(Int, String)], String, Bool)])
  func responses(script: [(Int, String)], words: String, hasJob: Bool) throws {
    let log = ResponseLog()
    #expect(log.first == nil && !log.hasJob)
    for (status, body) in script { log.note(Caller.Response(status: status, body: Array(body.utf8))) }
    #expect(log.first?.words == words)
    #expect(log.hasJob == hasJob)
  }

  @Test("doesn't delay an interruption by not responding")
  func stalled() async throws {
    let server = try ScriptedServer.answering(.answer(.init(200, "{}")), .stall)
    let target = try target(server.url + "/jobs")
    let task = Task { try await LoadGenerator(Load(requests: 9, concurrency: 1)) { try target.sender() }.run() }
    #expect(try await offPool { server.waitForRequests(2) })
    task.cancel()
    #expect(
      try await task.value.incomplete
        == "interrupted after 1 of 9 requests; 1 more had been sent but were not awaited")
    server.stop()
  }

  struct Signature: Decodable {
    let url, body, authorization: String
    let token: String?
  }

  @Test("with IAM authorization gets the same signatures as from botocore, even with escapes in the path")
  func signature() throws {
    let cases: [Signature] = try Fixtures.read("signatures.json")
    #expect(cases.count == 9)
    let time = try #require(Timestamp(rfc3339: "2026-11-23T08:25:29Z"))
    for example in cases {
      let signing = HTTPTarget.Signing(
        credentials: AWSCredentials(
          accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
          sessionToken: example.token),
        region: "us-east-1")
      let target = try HTTPTarget(
        url: example.url, signing: signing, environment: Environment([:]),
        clock: WallClock(now: { time }, sleep: { _ in })
      ) { _ in Array(example.body.utf8) }
      let headers = target.request(0, by: target.builder).headers
      #expect(headers.first { $0.name == "Authorization" }?.value == example.authorization, "\(example.url)")
      #expect(headers.first { $0.name == "X-Amz-Security-Token" }?.value == example.token)
      #expect(headers.first { $0.name == "X-Amz-Date" }?.value == "20261123T082529Z")
    }
  }

  @Test("sends signed requests")
  func signsOnTheWire() async throws {
    let server = try ScriptedServer.answering(.answer(.init(200, "{}")))
    let signing = HTTPTarget.Signing(
      credentials: AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"), region: "eu-west-1")
    let target = try target(server.url + "/jobs/q/d%3A1", signing: signing)
    _ = try await LoadGenerator(Load(requests: 2, concurrency: 1)) { try target.sender() }.run()
    #expect(server.requests.count == 2)
    for request in server.requests {
      #expect(request.header("Authorization")?.contains("/eu-west-1/execute-api/aws4_request") == true)
      #expect(request.header("Host") == server.authority)
    }
  }

  @Test(
    "is rejected if it isn't a valid URL or is normalized in transit",
    arguments: [
      "", "127.0.0.1:3000/jobs", "ftp://127.0.0.1/", "http://127.0.0.1/a//b", "http://127.0.0.1/a/../b",
      "http://127.0.0.1/a/%2E%2e/b", "http://127.0.0.1/./a", "http://127.0.0.1/a#b",
    ])
  func rejected(url: String) {
    let error = #expect(throws: HTTPTargetError.self) { try target(url) }
    #expect(error?.description.hasPrefix(url) == true)
  }
}
