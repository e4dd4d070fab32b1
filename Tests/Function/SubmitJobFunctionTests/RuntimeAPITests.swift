import TestSupport
import Testing

@Suite("The runtime loop")
struct RuntimeAPITests {
  @Test("keeps one connection for all its requests")
  func oneConnection() async throws {
    let run = try await invoke(.rest(), .http(), .alb())
    #expect(run.posts.map(\.request.connection) == [1, 1, 1])
    #expect(run.polls == 4)
  }

  @Test("responds to the invocation that it was given")
  func requestID() async throws {
    let events: [RuntimeAPI.Event] = [.rest(), .http()]
    let run = try await invoke(events)
    #expect(run.posts.map(\.requestID) == events.map(\.requestID))
  }

  @Test("escapes a request id, which an invoker may choose")
  func oddRequestID() async throws {
    let run = try await invoke(.rest().with { $0.requestID = "a b?c" }, .rest())
    #expect(run.posts.first?.request.path == "/2018-06-01/runtime/invocation/a%20b%3Fc/response")
    #expect(run.posts.count == 2)
  }

  @Test("echoes Lambda-Runtime-Invocation-Id only if it was sent")
  func invocationID() async throws {
    let run = try await invoke(
      .rest(), .rest().with { $0.invocationID = "nonce-1" }, .rest(body: "[").with { $0.invocationID = "nonce-2" },
      .rest())
    let echoed = run.posts.map { $0.request.header("Lambda-Runtime-Invocation-Id") }
    #expect(echoed == [nil, "nonce-1", "nonce-2", nil])
  }

  @Test("needs neither a trace id nor the function's ARN")
  func optionalHeaders() async throws {
    let bare = RuntimeAPI.Event.rest().with {
      $0.traceID = nil
      $0.functionARN = nil
    }
    let run = try await invoke(.rest(), bare, .rest())
    #expect(run.responses.map(\.statusCode) == [200, 200, 200])
  }

  @Test("goes on after an event without the required headers")
  func requiredHeaders() async throws {
    let run = try await invoke(
      .rest().with { $0.requestID = nil }, .rest().with { $0.hasDeadline = false },
      .rest().with { $0.requestID = "the-good-one" })
    #expect(run.posts.last?.requestID == "the-good-one")
    #expect(run.responses.last?.statusCode == 200)
    #expect(run.exitStatus == nil)
  }

  @Test("goes on if its post is rejected, and posts nothing more for that event", arguments: [400, 403, 410, 413])
  func refusedPost(status: Int) async throws {
    let run = try await invoke(.rest().with { $0.postReply = .answer(.runtimeError(status)) }, .rest())
    #expect(run.posts.map(\.kind) == [.response, .response])
    #expect(run.responses.last?.statusCode == 200)
    #expect(run.batch.requests.count == 2)
    #expect(run.exitStatus == nil)
    #expect(run.written.contains("\(status)"))
  }

  @Test("goes on if its post gets no response", arguments: [ScriptedServer.Reply.close, .reset])
  func lostPost(reply: ScriptedServer.Reply) async throws {
    let run = try await invoke(.rest().with { $0.postReply = reply }, .rest().with { $0.requestID = "the-good-one" })
    #expect(run.posts.last?.requestID == "the-good-one")
    #expect(run.responses.last?.statusCode == 200)
    #expect(run.batch.requests.count == 2)
    #expect(run.exitStatus == nil)
  }

  @Test("exits non-zero with one clear line if its post gets a 500")
  func containerError() async throws {
    let run = try await invoke(.rest().with { $0.postReply = .answer(.runtimeError(500)) }, .rest())
    #expect((run.exitStatus ?? 0) != 0)
    #expect(run.polls == 1)
    #expect(run.log.filter { $0.text.contains("500") }.count == 1, "\(run.written)")
  }

  @Test(
    "asks again on a new connection if it got no event, half of one or a refusal",
    arguments: [RuntimeAPI.Event.Delivery.none, .half, .status(403)])
  func failedNext(delivery: RuntimeAPI.Event.Delivery) async throws {
    let run = try await invoke(.rest(), .rest().with { $0.delivery = delivery }, .rest())
    #expect(run.responses.map(\.statusCode) == [200, 200], "\(run.written)")
    #expect(run.posts.last.map { $0.request.connection > 1 } == true)
    #expect(run.batch.requests.count == 2)
  }

  @Test("exits non-zero with one clear line if it gets a 500 instead of an event")
  func nextContainerError() async throws {
    let run = try await invoke(.rest().with { $0.delivery = .status(500) }, .rest())
    #expect((run.exitStatus ?? 0) != 0)
    #expect(run.log.count == 1 && run.written.contains("500"), "\(run.written)")
  }

  @Test("exits non-zero with one line that names the endpoint if it can't get any event")
  func noEvents() async throws {
    let none = RuntimeAPI.Event.rest().with { $0.delivery = .none }
    let run = try await invoke(Array(repeating: none, count: 100))
    #expect((run.exitStatus ?? 0) != 0)
    #expect(run.polls < 100 && run.posts.isEmpty)
    #expect(run.log.count == 1 && run.written.contains("127.0.0.1:"), "\(run.written)")
  }

  @Test("exits non-zero with one line that names the endpoint and the cause if nothing listens there")
  func deadEndpoint() async throws {
    let dead = try ScriptedServer.answering(listening: false, .close)
    let run = try await invoke(.rest(), environment: ["AWS_LAMBDA_RUNTIME_API": dead.authority])
    #expect((run.exitStatus ?? 0) != 0)
    #expect(run.log.count == 1, "\(run.written)")
    #expect(run.written.contains(dead.authority))
    #expect(run.written.lowercased().contains("connect"))
  }

  @Test("bypasses any proxy to the Runtime API")
  func proxy() async throws {
    let proxy = try ScriptedServer.answering(.close)
    let variables = ["http_proxy": proxy.url, "HTTP_PROXY": proxy.url, "all_proxy": proxy.url, "ALL_PROXY": proxy.url]
    let run = try await invoke(.rest(), environment: variables)
    #expect(run.posts.count == 1)
  }

  @Test("waits for the next event as long as it takes")
  func patience() async throws {
    let late = RuntimeAPI.Event.rest().with { event in
      let never = Monitor(())
      event.before = { _ = never.wait(seconds: 3) { _ in nil as Bool? } }
    }
    let run = try await invoke(.rest(), late)
    #expect(run.responses.map(\.statusCode) == [200, 200])
    #expect(run.polls == 3)
  }

  @Test("says what it is and how to run it, and exits with 64, if there is no Runtime API")
  func help() async throws {
    for value in [nil, ""] as [String?] {
      let run = try await invoke(.rest(), environment: ["AWS_LAMBDA_RUNTIME_API": value])
      #expect(run.exitStatus == 64)
      #expect(
        run.written.contains("AWS_LAMBDA_RUNTIME_API") && run.written.contains("make invoke EVENT="), "\(run.written)")
    }
  }
}
