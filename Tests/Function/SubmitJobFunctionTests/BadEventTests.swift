import Foundation
import TestSupport
import Testing

@Suite("A payload that isn't an HTTP event")
struct BadEventTests {
  static let deep = 100_000

  @Test(
    "is rejected with 400, nothing is submitted, and the next event is served",
    arguments: [
      [], Array(" ".utf8), Array("nonsense".utf8), Array("[]".utf8), Array("null".utf8), Array("\"{}\"".utf8),
      Array("{\"a\":".utf8), Array("{} {}".utf8), [0xff, 0xfe, 0x00],
      Array("{\"path\":\"".utf8) + [0xc3, 0x28] + Array("\"}".utf8),
      Array(#"{"body":"\ud800"}"#.utf8), [0], Array(repeating: UInt8(ascii: "["), count: deep),
      Array((String(repeating: "[", count: deep) + String(repeating: "]", count: deep)).utf8),
      Array((String(repeating: #"{"a":"#, count: deep) + "1" + String(repeating: "}", count: deep)).utf8),
    ] as [[UInt8]])
  func notAnEvent(bytes: [UInt8]) async throws {
    expectRefused(try await invoke(.init(bytes), .rest()), 400)
  }

  @Test("is also rejected if it is 6 MB of garbage")
  func sixMegabytesOfNoSense() async throws {
    let size = 6 * 1024 * 1024
    expectRefused(try await invoke(.init([UInt8](repeating: 0xff, count: size)), .rest()), 400)
    expectRefused(try await invoke(.init([UInt8](repeating: UInt8(ascii: "["), count: size)), .rest()), 400)
    expectRefused(try await invoke(.init([UInt8](repeating: UInt8(ascii: "\""), count: size)), .rest()), 400)
  }

  @Test("is also rejected if it is an object of another kind, such as a console test event")
  func otherKinds() async throws {
    for text in [
      "{}", #"{"source":"aws.events","detail":{}}"#,
      #"{"key1":"value1"}"#, #"{"version":"2.0"}"#, #"{"httpMethod":"POST"}"#, #"{"requestContext":{"elb":{}}}"#,
    ] {
      expectRefused(try await invoke(.init(text), .rest()), 400, 404)
    }
  }

  @Test(
    "from another service is a function error, so that its sender doesn't treat it as success",
    arguments: [
      #"{"Records":[{"eventSource":"aws:sqs","body":"{}"}]}"#, #"{"detail-type":"Scheduled Event","detail":{}}"#,
      #"{"type":"TOKEN","methodArn":"arn:aws:execute-api:us-east-1:123456789012:a/b","authorizationToken":"x"}"#,
    ])
  func otherServices(text: String) async throws {
    try await expectFunctionError(.init(text))
  }

  @Test("from an API that uses the function as its authorizer submits nothing, even if the path is the route's")
  func authorizer() async throws {
    let arn = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/POST/jobs/reports/render"
    try await expectFunctionError(
      .rest {
        $0["type"] = "REQUEST"
        $0["methodArn"] = arn
      })
    try await expectFunctionError(
      .http {
        $0["type"] = "REQUEST"
        $0["routeArn"] = arn
      })
  }

  private func expectFunctionError(
    _ event: RuntimeAPI.Event, at location: SourceLocation = #_sourceLocation
  ) async throws {
    let run = try await invoke(event, .rest())
    #expect(run.posts.map(\.kind) == [.error, .response], "\(run.written)", sourceLocation: location)
    let post = try #require(run.posts.first, sourceLocation: location)
    #expect(post.requestID == event.requestID, sourceLocation: location)
    let type = "Function.UnsupportedEvent"
    #expect(post.request.header("Lambda-Runtime-Function-Error-Type") == type, sourceLocation: location)
    #expect(post.request.json["errorType"] as? String == type, sourceLocation: location)
    let message = post.request.json["errorMessage"] as? String ?? ""
    #expect(message.contains("This function submits AWS Batch jobs for HTTP requests"), sourceLocation: location)
    #expect(run.batch.requests.count == 1, sourceLocation: location)
    #expect(run.response.statusCode == 200, sourceLocation: location)
    #expect(run.log.count == 2 && run.log.first?["level"] == "ERROR", "\(run.written)", sourceLocation: location)
  }

  @Test("is rejected if a member that the function reads has an unusual type")
  func oddTypes() async throws {
    let events: [RuntimeAPI.Event] = [
      .rest { $0["body"] = 7 }, .rest { $0["body"] = ["a": 1] }, .rest(body: "e30=") { $0["isBase64Encoded"] = "true" },
      .rest { $0["pathParameters"] = ["jobQueue": 7, "jobDefinition": "render"] as [String: Any] },
      .http { $0["pathParameters"] = ["reports", "render"] }, .alb { $0["path"] = 7 }, .alb { $0["httpMethod"] = 7 },
    ]
    for event in events {
      expectRefused(try await invoke(event, .rest()), 400)
    }
  }
}

@Suite("A big, deep or hostile event")
struct HostileEventTests {
  @Test("of 6 MB is a 413, and the next event is served")
  func sixMegabytes() async throws {
    let text = String(repeating: "x", count: 6 * 1024 * 1024 - 4096)
    expectRefused(try await invoke(.rest(body: #"{"parameters":{"p":"\#(text)"}}"#), .rest()), 413)
  }

  @Test("whose body is nested 10,000 levels deep does no harm")
  func deepBody() async throws {
    let deep = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
    let run = try await invoke(.rest(body: "{\"parameters\":\(deep)}"), .rest())
    #expect(run.responses.count == 2 && run.responses.last?.statusCode == 200)
    #expect([200, 400].contains(run.response.statusCode))
  }

  @Test(
    "with a lone surrogate in a member's name is a 400",
    arguments: [#""\ud800""#, #""\udc00tags""#, #""\uDBFF\u0041""#])
  func loneSurrogate(name: String) async throws {
    let run = try await invoke(.rest(body: "{\(name):1}"), .rest(), environment: ["ALLOWED_MEMBERS": "*"])
    expectRefused(run, 400)
  }

  @Test(
    "can't cause a long response or log line with a long name",
    arguments: [
      #"{"jobName":"NAME"}"#, #"{"NAME":1}"#, #"{"NAME":1,"NAME":2}"#, #"{"jobQueue":"NAME"}"#, #"{"tags":NAME}"#,
    ])
  func longNames(template: String) async throws {
    let body = template.replacingOccurrences(of: "NAME", with: String(repeating: "n", count: 1_000_000))
    let run = try await invoke(.rest(body: body), .rest())
    expectRefused(run, 400, 403, 413)
    #expect(run.response.bytes.count < 64 * 1024)
    #expect(run.log.allSatisfy { $0.text.utf8.count < 64 * 1024 })
  }

  @Test("with a huge number of distinct members is rejected in time", arguments: [1000, 4000, 300_000])
  func manyMembers(count: Int) async throws {
    let body = "{" + (0..<count).map { "\"m\($0)\":1" }.joined(separator: ",") + "}"
    let run = try await invoke(.rest(body: body).with { $0.timeout = 20_000 }, .rest())
    expectRefused(run, 400, 413)
    let post = try #require(run.posts.first)
    #expect(post.isInTime)
  }

  @Test("with as many members as fit in 30 KiB is a job if all of them are allowed")
  func allowedMembers() async throws {
    let members = (0..<3000).map { "\"m\($0)\":1" }
    let run = try await invoke(
      .rest(body: "{\(members.joined(separator: ","))}"),
      .rest(body: "{\((members + ["\"m0\":2"]).joined(separator: ","))}"),
      environment: ["ALLOWED_MEMBERS": "*"])
    #expect(run.responses.map(\.statusCode) == [200, 400])
    #expect(run.responses.last?.problem.detail.contains("\"m0\"") == true)
  }

  @Test("can't cause a long response with a long path", arguments: ["queue", "definition"])
  func longPath(part: String) async throws {
    let name = String(repeating: "n", count: 1_000_000)
    let run = try await invoke(part == "queue" ? .rest(queue: name) : .rest(definition: name), .rest())
    expectRefused(run, 400)
    #expect(run.response.bytes.count < 64 * 1024)
    #expect(run.log.allSatisfy { $0.text.utf8.count < 64 * 1024 })
  }

  @Test("can't break out of the JSON in the response and the log")
  func injection() async throws {
    let run = try await invoke(
      .rest(queue: #"a%22,%22x%22:%22"#), .rest(body: #"{"a\"\n\u2028}{<b>":1}"#), .rest(queue: "%0A%0D{}"), .rest())
    #expect(run.responses.map(\.statusCode) == [400, 400, 400, 200])
    #expect(run.responses.prefix(3).allSatisfy { !$0.problem.json.isEmpty })
    #expect(run.log.count == 4 && run.log.allSatisfy { !$0.json.isEmpty })
  }
}

@Suite("An event with unusual values in members that the function does not read")
struct OddEventTests {
  @Test("is served: null or missing headers, maps and bodies")
  func nulls() async throws {
    let maps = [
      "queryStringParameters", "multiValueQueryStringParameters", "stageVariables", "headers", "multiValueHeaders",
    ]
    let events: [RuntimeAPI.Event] = [
      .rest { event in for map in maps { event[map] = NSNull() } },
      .rest { event in for map in maps { event[map] = nil } },
      .http { event in for map in maps { event[map] = NSNull() } },
      .http { $0["isBase64Encoded"] = nil },
      .functionURL { $0["pathParameters"] = NSNull() },
      .alb { $0["headers"] = NSNull() }, .alb { $0["body"] = NSNull() },
      .rest { $0["isBase64Encoded"] = NSNull() },
    ]
    let run = try await invoke(events)
    #expect(run.responses.map(\.statusCode) == Array(repeating: 200, count: events.count), "\(run.written)")
  }

  @Test("is served: numbers beyond 64 bits, unknown members, values of unusual types")
  func oddities() async throws {
    let big = RuntimeAPI.Event.rest().with {
      let text = String(decoding: $0.body, as: UTF8.self)
      $0.body = Array(text.replacingOccurrences(of: "1783699200000", with: "123456789012345678901234567890e999").utf8)
    }
    let odd = RuntimeAPI.Event.rest {
      $0["stageVariables"] = 7
      $0["queryStringParameters"] = ["a", "b"]
      $0["addedIn2031"] = [["x": NSNull()]]
      $0["headers"] = ["content-type": "application/json", "x-number": 7, "x-null": NSNull()] as [String: Any]
      $0["multiValueHeaders"] = NSNull()
    }
    let lone = RuntimeAPI.Event.http().with {
      $0.body = Array("{\"cookies\":[\"\\ud83d\\ude00\"],".utf8) + $0.body.dropFirst()
    }
    let run = try await invoke(big, odd, lone)
    #expect(run.responses.map(\.statusCode) == [200, 200, 200], "\(run.responses.map(\.body))")
  }

  @Test("is served: a load balancer's multi-value headers")
  func multiValueHeaders() async throws {
    let event = RuntimeAPI.Event.alb(body: #"{"tags":{"a":"b"}}"#, multiValueHeaders: true)
    let run = try await invoke(event)
    #expect(run.response.statusCode == 200)
    #expect(run.batch.requests.first?.text.contains(#""tags":{"a":"b"}"#) == true)
  }
}
