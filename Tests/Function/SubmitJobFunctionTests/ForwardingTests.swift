import Foundation
import TestSupport
import Testing

@Suite("SubmitJob's members")
struct ForwardingTests {
  @Test("reach Batch byte for byte")
  func bytes() async throws {
    let members = #""parameters":{"n":"1.10"},"tags":{"k":"\u00e9"},"retryStrategy":{"attempts":3}"#
    let run = try await invoke(.rest(body: "{\(members)}"), .http(body: "{\(members)}"), .alb(body: "{\(members)}"))
    #expect(run.responses.map(\.statusCode) == [200, 200, 200])
    #expect(run.batch.requests.allSatisfy { $0.text.contains(members) })
  }

  @Test(
    "keep their own spelling: white space, escapes, numbers, order and repeated nested members",
    arguments: [
      #"{ "n" : "1.10" }"#, #"{"path":"a\/b\u002fc"}"#, #"{"big":123456789012345678901234567890.0e-5}"#,
      #"{"z":"1","a":"2"}"#, #"{"a":"1","a":"2"}"#, #"{"smile":"😀 \ud83d\ude00"}"#, "{\"é\":\"\u{2028}\"}", "[ ]", "0",
    ])
  func spelling(value: String) async throws {
    let run = try await invoke(.rest(body: "{\"parameters\":\(value)}"))
    #expect(run.response.statusCode == 200)
    #expect(run.batch.requests.first?.text.contains("\"parameters\":\(value)") == true)
  }

  @Test("can be all seventeen, and those that AWS adds later, if the policy allows them")
  func all() async throws {
    let members = [
      #""shareIdentifier":"team*""#, #""schedulingPriorityOverride":9"#, #""arrayProperties":{"size":2}"#,
      #""dependsOn":[{"jobId":"1","type":"SEQUENTIAL"}]"#, #""parameters":{"n":"1"}"#,
      #""containerOverrides":{"command":["ls"]}"#, #""nodeOverrides":{"numNodes":2}"#,
      #""retryStrategy":{"attempts":1}"#,
      #""propagateTags":true"#, #""timeout":{"attemptDurationSeconds":60}"#, #""tags":{"a":"b"}"#,
      #""eksPropertiesOverride":{"podProperties":{}}"#, #""ecsPropertiesOverride":{"taskProperties":[]}"#,
      #""consumableResourcePropertiesOverride":{"consumableResourceList":[]}"#, #""addedIn2031":{"x":[1,2]}"#,
    ]
    let body = #"{"jobName":"all-of-them",\#(members.joined(separator: ","))}"#
    let run = try await invoke(.rest(body: body), environment: ["ALLOWED_MEMBERS": "*"])
    #expect(run.response.statusCode == 200)
    let request = try #require(run.batch.requests.first)
    #expect(members.allSatisfy { request.text.contains($0) })
    #expect(request.json.count == 18)
    #expect(request.json["jobName"] as? String == "all-of-them")
  }

  @Test("are decoded from a Base64 body, which API Gateway sends for a binary media type")
  func base64() async throws {
    let members = #""tags":{"k":"é"}"#
    let body = Data("{\(members)}".utf8).base64EncodedString()
    let events: [RuntimeAPI.Event] = [
      .rest(body: body) { $0["isBase64Encoded"] = true }, .http(body: body) { $0["isBase64Encoded"] = true },
    ]
    let run = try await invoke(events)
    #expect(run.responses.map(\.statusCode) == [200, 200])
    #expect(run.batch.requests.allSatisfy { $0.text.contains(members) })
  }

  @Test("can fill Batch's 30 KiB to the last byte, but not one more")
  func limit() async throws {
    func event(_ padding: Int) -> RuntimeAPI.Event {
      .rest(body: #"{"jobName":"a","parameters":{"p":"\#(String(repeating: "x", count: padding))"}}"#)
    }
    let overhead = try #require(try await invoke(event(0)).batch.requests.first).body.count
    let run = try await invoke(event(30 * 1024 - overhead), event(30 * 1024 - overhead + 1), event(0))
    try #require(run.responses.map(\.statusCode) == [200, 413, 200])
    #expect(run.batch.requests.first?.body.count == 30 * 1024)
    expectProblem(run.responses[1], 413)
  }
}

@Suite("The job's name")
struct JobNameTests {
  @Test(
    "is the caller's and is never rewritten",
    arguments: ["a", "7", "nightly_2026-11-23", String(repeating: "n", count: 128)])
  func given(name: String) async throws {
    let run = try await invoke(.rest(body: "{\"jobName\":\"\(name)\"}"))
    #expect(run.batch.requests.first?.json["jobName"] as? String == name)
  }

  @Test("is decoded for validation, but sent as written")
  func escaped() async throws {
    let run = try await invoke(.rest(body: #"{"jobName":"n\u0069ghtly"}"#))
    #expect(run.response.statusCode == 200)
    #expect(run.batch.requests.first?.json["jobName"] as? String == "nightly")
  }

  @Test(
    "is rejected if Batch would not accept it",
    arguments: [
      #""""#, #""-a""#, #""_a""#, #""a b""#, #""a\n""#, #""é""#, "7", "null", "true", "[]", #""a\u0000""#, #""a/b""#,
      "\"\(String(repeating: "n", count: 129))\"",
    ])
  func refused(value: String) async throws {
    let run = try await invoke(.rest(body: "{\"jobName\":\(value)}"), .rest())
    expectRefused(run, 400)
    #expect(run.problem.detail.contains("jobName"))
  }

  @Test(
    "is otherwise the definition's name without its revision, and eight alphanumerics of the request id",
    arguments: [
      ("render", "render-ab12cd34"), ("render:3", "render-ab12cd34"), ("_render:3", "job_render-ab12cd34"),
      ("-r", "job-r-ab12cd34"), ("9", "9-ab12cd34"),
      (String(repeating: "d", count: 119), String(repeating: "d", count: 119) + "-ab12cd34"),
      (String(repeating: "d", count: 128) + ":12", String(repeating: "d", count: 119) + "-ab12cd34"),
    ])
  func generated(definition: String, name: String) async throws {
    let run = try await invoke(.rest(definition: definition).with { $0.requestID = "-ab1-2cd-34ef-5678" })
    #expect(run.response.statusCode == 200)
    #expect(run.batch.requests.first?.json["jobName"] as? String == name)
    #expect(run.batch.requests.first?.json["jobDefinition"] as? String == definition)
  }

  @Test("is valid, whatever the request id", arguments: ["-", "é", "1", "----", "%2F"])
  func oddRequestIDs(id: String) async throws {
    let run = try await invoke(.rest().with { $0.requestID = id })
    let name = try #require(run.batch.requests.first?.json["jobName"] as? String)
    #expect(name.wholeMatch(of: /render-[A-Za-z0-9_-]{0,8}/) != nil, "\(name)")
  }

  @Test("stays within 128 characters for the longest definition that needs a prefix")
  func longestPrefixed() async throws {
    let run = try await invoke(.rest(definition: String(repeating: "_", count: 128)))
    let name = try #require(run.batch.requests.first?.json["jobName"] as? String)
    #expect(name.hasPrefix("job__") && name.count <= 128)
  }
}
