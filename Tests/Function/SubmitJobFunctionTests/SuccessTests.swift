import Foundation
import TestSupport
import Testing

@Suite("A job that is submitted")
struct SuccessTests {
  @Test("is a 200 with Batch's body, byte for byte, in every event format")
  func everyFormat() async throws {
    let run = try await invoke(.rest(), .http(), .functionURL(), .defaultRoute(), .alb(), .alb(multiValueHeaders: true))
    #expect(run.responses.map(\.statusCode) == [200, 200, 200, 200, 200, 200])
    #expect(run.responses.allSatisfy { $0.body == ScriptedServer.Response.submittedBody })
    #expect(run.responses.allSatisfy { $0.header("Content-Type") == "application/json" })
    #expect(run.responses.allSatisfy { $0.header("X-Content-Type-Options") == "nosniff" })
    #expect(run.batch.requests.map { $0.json["jobQueue"] as? String } == Array(repeating: "reports", count: 6))
    #expect(run.batch.requests.map { $0.json["jobDefinition"] as? String } == Array(repeating: "render:3", count: 6))
  }

  @Test("is reported in each integration's own format, because APIs reject or misread any other")
  func forms() async throws {
    let run = try await invoke(.rest(), .http(), .functionURL(), .alb(), .alb(multiValueHeaders: true))
    let rest: Set = ["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"]
    let http: Set = ["statusCode", "headers", "body", "isBase64Encoded", "cookies"]
    let alb = rest.union(["statusDescription"])
    try #require(run.responses.count == 5)
    for (response, allowed) in zip(run.responses, [rest, http, http, alb, alb]) {
      #expect(response.members.isSubset(of: allowed))
    }
    #expect(run.responses[3].json["statusDescription"] as? String == "200 OK")
    #expect(run.responses[3].members.contains("headers") && !run.responses[3].members.contains("multiValueHeaders"))
    #expect(run.responses[4].members.contains("multiValueHeaders") && !run.responses[4].members.contains("headers"))
  }

  @Test("is one signed POST of JSON to /v1/submitjob")
  func request() async throws {
    let request = try #require(try await invoke(.rest()).batch.requests.first)
    #expect(request.method == "POST")
    #expect(request.path == "/v1/submitjob")
    #expect(request.header("Content-Type") == "application/json")
    #expect(request.header("User-Agent")?.hasPrefix("apigw-batch/") == true)
    #expect(request.header("Expect") == nil)
    #expect(request.header("Content-Length") == "\(request.body.count)")
    #expect(request.header("Authorization")?.hasPrefix("AWS4-HMAC-SHA256 Credential=\(DemoKeys.accessKeyID)/") == true)
  }

  @Test("is sent on one connection for the life of the process")
  func oneConnection() async throws {
    let run = try await invoke(.rest(), .http(), .alb())
    #expect(run.batch.requests.map(\.connection) == [1, 1, 1])
  }

  @Test(
    "needs no body: a missing or empty one is the same as an empty object",
    arguments: [nil, "", "{}", " {\r\n\t} "])
  func withoutMembers(body: String?) async throws {
    let run = try await invoke(.rest(body: body))
    #expect(run.response.statusCode == 200)
    #expect(Set(run.batch.requests.first?.json.keys.map { $0 } ?? []) == ["jobName", "jobQueue", "jobDefinition"])
  }

  @Test(
    "accepts JSON with any spelling of its content type, or without one",
    arguments: ["application/json", "application/json; charset=utf-8", "Application/JSON", nil])
  func contentTypes(type: String?) async throws {
    let body = #"{"tags":{"a":"b"}}"#
    let run = try await invoke(.rest(body: body, contentType: type), .http(body: body, contentType: type))
    #expect(run.responses.map(\.statusCode) == [200, 200])
  }

  @Test("is one however HTTP/1.1 frames Batch's response")
  func framing() async throws {
    let body = ScriptedServer.Response.submittedBody
    let size = body.utf8.count
    let responses = [
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(String(size, radix: 16))\r\n\(body)\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n\(String(size, radix: 16))\r\n\(body)\r\n0\r\nX-T: y\r\n\r\n",
      "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n\(body)",
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n\(body)",
    ]
    for response in responses {
      let run = try await invoke(.rest(), batch: .answering(.bytes(Array(response.utf8))))
      #expect(run.response.body == body)
    }
  }

  @Test("returns any text that Batch sends")
  func anyText() async throws {
    let body =
      #"{"jobId":"1","jobName":"é😀\ud83d\ude00 \\ \" \/ \u2028 \u0000 </script>","n":1e400}"# + "\u{2028}\u{7f}\r\n\t "
    let valid = body.replacingOccurrences(of: "\u{2028}\u{7f}", with: "")
    let run = try await invoke(.rest(), batch: .answering(.answer(.init(200, valid))))
    #expect(run.response.statusCode == 200)
    #expect(run.response.body == valid)
  }

  @Test("finds the content type whatever the case of the header's name")
  func headerCase() async throws {
    let event = RuntimeAPI.Event.rest(body: "{}", contentType: nil) {
      $0["headers"] = ["CONTENT-type": "text/plain"]
      $0["multiValueHeaders"] = ["CONTENT-type": ["text/plain"]]
    }
    let run = try await invoke(event)
    #expect(run.response.statusCode == 415)
  }
}
