import TestSupport
import Testing

@Suite("The log")
struct LogTests {
  @Test("has one JSON line for each invocation, with time, level, message and request id")
  func json() async throws {
    let events: [RuntimeAPI.Event] = [.rest(), .rest(body: "["), .functionURL(path: "/"), .init("nonsense")]
    let run = try await invoke(events)
    #expect(run.log.map { $0["requestId"] } == events.map(\.requestID))
    for line in run.log {
      #expect(line["timestamp"]?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/) != nil, "\(line.text)")
      #expect(["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"].contains(line["level"] ?? ""))
      #expect(line["message"]?.isEmpty == false)
    }
    #expect(run.log.first?["level"] == "INFO")
  }

  @Test(
    "has one line of text for each invocation if Lambda's log format is text or unset",
    arguments: ["Text", nil])
  func text(format: String?) async throws {
    let events: [RuntimeAPI.Event] = [.rest(), .rest(queue: "a%0Ab"), .http()]
    let run = try await invoke(events, environment: ["AWS_LAMBDA_LOG_FORMAT": format])
    #expect(run.log.count == 3)
    for (line, event) in zip(run.log, events) {
      #expect(line.json.isEmpty)
      #expect(line.text.contains(event.requestID ?? "?"))
    }
  }

  @Test(
    "omits records below its level",
    arguments: [("INFO", true), ("DEBUG", true), ("TRACE", true), ("WARN", false), ("ERROR", false), ("FATAL", false)])
  func level(level: String, said: Bool) async throws {
    let run = try await invoke(.rest(), environment: ["AWS_LAMBDA_LOG_LEVEL": level])
    #expect(run.log.contains { $0["level"] == "INFO" } == said, "\(run.written)")
  }

  @Test("reports the function's own faults at a level that Lambda's filters keep")
  func ownFault() async throws {
    let run = try await invoke(
      .rest(), environment: ["AWS_LAMBDA_LOG_LEVEL": "ERROR"],
      batch: .answering(.error(403, "InvalidSignatureException", "The signature does not match.")))
    #expect(run.log.count == 1 && run.log.first?["level"] == "ERROR", "\(run.written)")
    #expect(run.written.contains("InvalidSignatureException"))
  }

  @Test("never contains a body or a credential, whatever happens")
  func secrets() async throws {
    let body = #"{"parameters":{"p":"PRIVATE-VALUE"},"tags":{"PRIVATE-KEY":"v"}}"#
    let environment = ["AWS_SESSION_TOKEN": "SESSION-TOKEN", "AWS_LAMBDA_LOG_LEVEL": "TRACE"]
    let events: [RuntimeAPI.Event] = [
      .rest(body: body), .rest(body: body + "x"), .http(body: body, contentType: "text/plain"),
      .rest(body: #"{"containerOverrides":{"command":["PRIVATE-VALUE"]}}"#),
      .rest(body: #"{"jobname":"PRIVATE-VALUE"}"#), .rest(body: #"{"jobName":"PRIVATE VALUE"}"#),
    ]
    let signed = "The Canonical String should have been 'POST\nx-amz-security-token:SESSION-TOKEN\n'"
    for reply: ScriptedServer.Reply in [
      .submitted, .close, .error(500, "ServerException"), .error(403, "ExpiredTokenException"),
      .answer(.init(200, "<PRIVATE-ANSWER>")), .error(400, "ClientException", "PRIVATE-VALUE"),
      .error(403, "InvalidSignatureException", signed),
      .error(403, "IncompleteSignatureException", "Authorization=AWS4-HMAC-SHA256 Signature=1"),
    ] {
      let run = try await invoke(events, environment: environment, batch: .answering(reply))
      #expect(run.log.count == events.count)
      for secret in ["PRIVATE", "SESSION-TOKEN", DemoKeys.secretAccessKey, "Signature="] {
        #expect(!run.written.contains(secret), "\(run.written)")
      }
    }
  }

  @Test("names what was refused")
  func reasons() async throws {
    let run = try await invoke(
      .rest(queue: "other"), .rest(definition: "other:2"), .rest(body: #"{"containerOverrides":{}}"#),
      .rest(body: #"{"jobname":"x"}"#), .rest(body: #"{"tags":{},"tags":{}}"#), .rest(body: #"{"jobQueue":"x"}"#),
      .rest(body: #"{"jobName":"a b"}"#), .rest(body: "{", contentType: "text/plain"),
      environment: ["ALLOWED_JOB_QUEUES": "reports", "ALLOWED_JOB_DEFINITIONS": "render"])
    let names = [
      "\"other\"", "\"other:2\"", "\"containerOverrides\"", "\"jobname\"", "\"tags\"", "\"jobQueue\"", "jobName",
      "\"text/plain\"",
    ]
    try #require(run.log.count == names.count)
    for (line, name) in zip(run.log, names) {
      #expect(line["message"]?.contains(name) == true, "\(line.text)")
      #expect(line["level"] == "WARN" && line["requestId"] != nil)
    }
  }

  @Test("can't be forged by what a caller sends", arguments: ["JSON", "Text"])
  func forged(format: String) async throws {
    let forgery = #"x" status=200 jobId="forged"#
    let marks = "\u{85}\u{2028}\u{2029}\u{9b}\u{7f}\u{202e}\u{2066}\u{61c}\u{200f}\n\r\t\u{1b}"
    let events: [RuntimeAPI.Event] = [forgery, marks].flatMap { text in
      [
        .http(queue: text), .defaultRoute(path: "/jobs/\(text)/render"), .http(contentType: text) { $0["body"] = "{}" },
        .http(body: String(decoding: JSONText.bytes([text: 1]), as: UTF8.self)),
      ]
    }
    let run = try await invoke(events, environment: ["AWS_LAMBDA_LOG_FORMAT": format])
    #expect(run.responses.map(\.statusCode) == [400, 400, 415, 400, 400, 400, 415, 400])
    #expect(run.log.count == events.count)
    #expect(run.written.unicodeScalars.allSatisfy { 0x20 <= $0.value && $0.value < 0x7f || $0 == "\n" || $0 == "\t" })
    #expect(!run.written.contains(#"jobId="forged"#))
    for line in run.log where format == "Text" {
      // All text outside quotation marks is the function's own.
      let fields = line.text.replacing(/"(?:[^"\\]|\\.)*"/, with: "")
      #expect(
        fields.wholeMatch(of: /[^\t]+\t[^\t]+\tWARN\t status=4\d\d type= submitted=( job\w+=)*/) != nil, "\(line.text)")
    }
  }
}
