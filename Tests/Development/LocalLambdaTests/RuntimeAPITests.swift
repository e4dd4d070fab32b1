import DevelopmentTestSupport
import Foundation
import Testing

@testable import LocalLambda

/// What the Runtime API returns to a process: the process posts during one invocation, and reports in the next.
@Suite("The Runtime API")
struct RuntimeAPITests {
  /// The status and the body of a response, as the stand-in function reports them.
  private struct Answer: Decodable, Equatable, CustomStringConvertible {
    let status: Int
    let body: String

    init(_ status: Int, _ body: String) {
      (self.status, self.body) = (status, body)
    }

    init(from decoder: any Decoder) throws {
      var values = try decoder.unkeyedContainer()
      (status, body) = (try values.decode(Int.self), try values.decode(String.self))
    }

    var description: String { "\(status) \(body)" }

    static let accepted = Answer(202, #"{"status":"OK"}"#)

    static func refused(_ status: Int, _ type: String, _ message: String) -> [String: String] {
      ["status": "\(status)", "errorType": type, "errorMessage": message]
    }

    /// The status and the members of an error.
    var error: [String: String]? {
      let members = try? JSONDecoder().decode([String: String].self, from: Data(body.utf8))
      return members?.merging(["status": "\(status)"]) { $1 }
    }
  }

  /// The responses to a script's posts during one invocation, and that invocation.
  private func answers(to script: String) async throws -> (CompletedInvocation, [Answer]) {
    let whole = "event = Event()\n\(script)\nevent = Event()\nrespond(event, answers)\nEvent()"
    return try await StandInFunction.withScript(whole) { configuration in
      try await withLocalFunction(configuration, log: { _ in }) { function in
        let invocation = try await function.invoke(event: Array("{}".utf8))
        let told = try await function.invoke(event: Array("{}".utf8))
        return (invocation, try #require(told.response(as: [Answer].self)))
      }
    }
  }

  @Test("delivers the event byte for byte, with all of Lambda's headers")
  func next() async throws {
    let event = Array(" { \"n\" : 1.10 , \"s\":\"\\u00e9\u{e9}\" }\n".utf8)
    let script = """
      while True:
        event = Event()
        respond(event, {"hex": event.body.hex(), "now": time.time(), "headers": dict(event.headers)})
      """
    struct Told: Decodable {
      let hex: String
      let now: Double
      let headers: [String: String]
    }
    try await StandInFunction.withScript(script) { configuration in
      try await withLocalFunction(configuration, log: { _ in }) { function in
        let first = try await function.invoke(event: event)
        let told = try #require(first.response(as: Told.self))
        #expect(told.hex == event.map { String(format: "%02x", $0) }.joined())
        #expect(told.headers["Content-Type"] == "application/json")
        #expect(told.headers["Lambda-Runtime-Aws-Request-Id"] == first.requestID)
        #expect(UUID(uuidString: first.requestID) != nil)
        #expect(told.headers["Lambda-Runtime-Invoked-Function-Arn"] == configuration.arn)
        let traceID = try #require(told.headers["Lambda-Runtime-Trace-Id"])
        #expect(traceID.contains(#/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/#))
        let deadline = try #require(told.headers["Lambda-Runtime-Deadline-Ms"].flatMap(Double.init))
        #expect((60_000...120_000).contains(deadline - told.now * 1000))
        let again = try await function.invoke(event: event).response(as: Told.self)
        let nonce = try #require(told.headers["Lambda-Runtime-Invocation-Id"])
        let other = try #require(again?.headers["Lambda-Runtime-Invocation-Id"])
        #expect(nonce != other)
      }
    }
  }

  @Test("accepts one response, and rejects a second")
  func second() async throws {
    let (invocation, answers) = try await answers(to: "respond(event, 1)\nrespond(event, 2)")
    #expect(invocation.outcome == .response(Array("1".utf8)))
    try #require(answers.count == 2)
    #expect(answers[0] == .accepted)
    let message =
      "State transition from RuntimeResponseSentState to InvocationResponse failed for runtime. "
      + "Error: State transition is not allowed"
    #expect(answers[1].error == Answer.refused(403, "InvalidStateTransition", message))
  }

  @Test("rejects a response to another request")
  func otherRequest() async throws {
    let (invocation, answers) = try await answers(to: "post('invocation/x/response', b'0')\nrespond(event, 1)")
    try #require(answers.count == 2)
    #expect(answers[0].error == Answer.refused(400, "InvalidRequestID", "Invalid request ID"))
    #expect(answers[1] == .accepted)
    #expect(invocation.outcome == .response(Array("1".utf8)))
  }

  @Test("checks the invocation id if the process echoes it")
  func invocationID() async throws {
    let (invocation, answers) = try await answers(
      to: """
        path = "invocation/%s/response" % event.id
        post(path, b"0", {"Lambda-Runtime-Invocation-Id": "stale"})
        post(path, b"1", {"Lambda-Runtime-Invocation-Id": event.headers["Lambda-Runtime-Invocation-Id"]})
        """)
    try #require(answers.count == 2)
    #expect(answers[0].error == Answer.refused(400, "InvalidRequestID", "Invalid request ID"))
    #expect(answers[1] == .accepted)
    #expect(invocation.outcome == .response(Array("1".utf8)))
  }

  @Test("accepts a response of 6 MiB and 100 bytes, but not a byte more")
  func size() async throws {
    let limit = 6 * 1024 * 1024 + 100
    let (whole, taken) = try await answers(to: "post('invocation/%s/response' % event.id, b'1' * \(limit))")
    #expect(taken == [.accepted])
    #expect(whole.outcome == .response([UInt8](repeating: UInt8(ascii: "1"), count: limit)))

    let (tooLarge, refused) = try await answers(to: "post('invocation/%s/response' % event.id, b'1' * \(limit + 1))")
    let message = "Exceeded maximum allowed payload size (6291556 bytes)."
    #expect(refused.first?.error == Answer.refused(413, "RequestEntityTooLarge", message))
    let error = try #require(tooLarge.functionError)
    #expect(error.type == "Function.ResponseSizeTooLarge")
    #expect(
      error.message == "Response payload size (6291557 bytes) exceeded maximum allowed payload size (6291556 bytes).")
  }

  @Test(
    "passes an error on with its type, or with Lambda's replacement",
    arguments: [
      ("Runtime.BadHandler", "Runtime.BadHandler"), ("Function.Mine", "Function.Mine"),
      ("Function.mine", "Function.Unknown"), ("KeyError", "Runtime.Unknown"), ("", "Runtime.Unknown"),
    ])
  func error(posted: String, seen: String) async throws {
    let payload = #"{"errorMessage":"no such queue","errorType":"X"}"#
    let (invocation, answers) = try await answers(
      to: """
        post("invocation/%s/error" % event.id, b'\(payload)', {"Lambda-Runtime-Function-Error-Type": "\(posted)"})
        """)
    #expect(answers == [.accepted])
    #expect(invocation.functionError == FunctionError(type: seen, payload: Array(payload.utf8)))
    #expect(invocation.functionError?.description == "\(seen): no such queue")
    #expect(invocation.report.status == nil)
  }

  @Test("rejects an init error after the init phase, and a response mode other than streaming")
  func refusals() async throws {
    let (invocation, answers) = try await answers(
      to: """
        post("init/error", b"{}")
        post("invocation/%s/response" % event.id, b"1", {"Lambda-Runtime-Function-Response-Mode": "buffered"})
        """)
    try #require(answers.count == 2)
    #expect(answers[0].error?["errorType"] == "InvalidStateTransition")
    #expect(answers[0].status == 403)
    #expect(
      answers[1].error == Answer.refused(400, "InvalidFunctionResponseMode", "Invalid function response mode"))
    #expect(invocation.functionError?.type == "Runtime.InvalidResponseModeHeader")
  }

  @Test("reports a truncated response")
  func truncated() async throws {
    let (invocation, _) = try await answers(
      to: """
        import socket
        host, port = os.environ["AWS_LAMBDA_RUNTIME_API"].split(":")
        with socket.create_connection((host, int(port))) as connection:
          head = "POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 9\\r\\n\\r\\n"
          connection.sendall((head % event.id).encode() + b'{"s')
        while Event().id == event.id: pass
        """)
    #expect(invocation.functionError?.type == "Runtime.TruncatedResponse")
  }

  @Test("delivers the same event again to a process that asks again before it responds")
  func again() async throws {
    let (invocation, _) = try await answers(to: "again = Event()\nrespond(again, again.id == event.id)")
    #expect(invocation.response(as: Bool.self) == true)
  }

  @Test("a time limit ends a process, unless the wait it belongs to is over")
  func timeLimit() async {
    let (late, inTime) = (RuntimeAPI(), RuntimeAPI())
    for (runtime, isOver) in [(late, true), (inTime, false)] {
      await Task {
        if isOver { withUnsafeCurrentTask { $0?.cancel() } }
        await runtime.timeOut()
      }.value
      // The first reason counts.
      await runtime.end(.exited(0))
    }
    #expect(await late.initialize().ending == .exited(0))
    #expect(await inTime.initialize().ending == .timedOut)
  }
}
