import Foundation
import TestSupport
import Testing

/// The Runtime API delivers an event again, with the same request id, if it has no response to it.
@Suite("An event that is delivered again")
struct RedeliveryTests {
  static let endings: [ScriptedServer.Reply] =
    [.close, .reset, .answer(.init(202, #"{"status":"OK"}"#))]
    + [400, 403, 410, 413].map { .answer(.runtimeError($0)) }

  @Test("gets the first response again and submits nothing, whatever the result of the first post", arguments: endings)
  func submitted(reply: ScriptedServer.Reply) async throws {
    let event = RuntimeAPI.Event.rest()
    let run = try await invoke(event.with { $0.postReply = reply }, event, event, .rest())
    try expectOneResponse(run, 200, to: event)
    #expect(run.batch.requests.count == 2)
    #expect(run.log.filter { $0.text.contains("delivered this event again") }.count == 2, "\(run.written)")
  }

  @Test("gets an unknown outcome again, too", arguments: [ScriptedServer.Reply.close, .answer(.init(500, "{}"))])
  func unknownOutcome(reply: ScriptedServer.Reply) async throws {
    let event = RuntimeAPI.Event.http()
    let run = try await invoke(
      event.with { $0.postReply = .answer(.runtimeError(410)) }, event, .rest(), batch: .answering(reply, .submitted))
    try expectOneResponse(run, run.response.statusCode ?? 0, to: event)
    #expect(run.response.problem.submitted == "unknown")
    #expect(run.batch.requests.count == 2)
  }

  @Test("gets the first response again after other events, too")
  func afterOthers() async throws {
    let event = RuntimeAPI.Event.rest()
    let others = (1...6).map { number in RuntimeAPI.Event.rest(body: #"{"jobName":"other-\#(number)"}"#) }
    let run = try await invoke(
      [event.with { $0.postReply = .answer(.runtimeError(410)) }] + others + [
        RuntimeAPI.Event(#"{"Records":[]}"#), event,
      ])
    #expect(run.batch.requests.count == 7)
    #expect(run.posts.last?.requestID == event.requestID)
    #expect(run.posts.last?.request.body == run.posts.first?.request.body)
  }

  @Test("gets a function error again")
  func functionError() async throws {
    let event = RuntimeAPI.Event(#"{"Records":[]}"#)
    let run = try await invoke(event.with { $0.postReply = .close }, event, .rest())
    #expect(Set(run.posts.filter { $0.requestID == event.requestID }.map(\.kind)) == [.error])
    #expect(run.response.statusCode == 200)
    #expect(run.batch.requests.count == 1)
  }

  @Test("gets the response with the header of its own delivery")
  func invocationID() async throws {
    let event = RuntimeAPI.Event.rest()
    let run = try await invoke(event.with { $0.invocationID = "1" }, event.with { $0.invocationID = "2" })
    #expect(run.posts.map { $0.request.header("Lambda-Runtime-Invocation-Id") } == ["1", "2"])
    #expect(run.batch.requests.count == 1)
  }

  @Test("is a new request if only the request id is the same")
  func reusedRequestID() async throws {
    let other = RuntimeAPI.Event.rest(body: #"{"jobName":"other"}"#)
    let event = RuntimeAPI.Event.rest().with { $0.requestID = other.requestID }
    let run = try await invoke(event, other)
    #expect(run.batch.requests.count == 2)
    #expect(run.batch.requests.last?.json["jobName"] as? String == "other")
  }

  private func expectOneResponse(
    _ run: FunctionRun, _ status: Int, to event: RuntimeAPI.Event, at location: SourceLocation = #_sourceLocation
  ) throws {
    let posts = run.posts.filter { $0.requestID == event.requestID }
    let first = try #require(posts.first, sourceLocation: location)
    #expect(ProxyResponse(first.request.body).statusCode == status, "\(run.written)", sourceLocation: location)
    #expect(posts.count >= 2, sourceLocation: location)
    #expect(posts.allSatisfy { $0.request.body == first.request.body }, sourceLocation: location)
    #expect(run.responses.last?.statusCode == 200, sourceLocation: location)
    #expect(run.exitStatus == nil, sourceLocation: location)
  }
}
