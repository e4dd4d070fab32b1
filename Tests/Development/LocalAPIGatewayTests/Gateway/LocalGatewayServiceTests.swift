import Foundation
import JSONTree
import LocalBatch
import SAMTemplate
import TestSupport
import Testing

@testable import LocalAPIGateway

@Suite("Over real sockets, an aws integration", .timeLimit(.minutes(2)))
struct LocalGatewayServiceTests {
  private let json = ["Content-Type: application/json"]
  private let configurationError = #"{"message":"Internal server error"}"#

  @Test("sends Batch the mapping template's output, signed, without the caller's headers")
  func request() async throws {
    var route = DirectRoute()
    route.method = """
      parameters: [{in: header, name: X-Tenant, schema: {type: string}}]
      responses: {'200': {}}
      """
    route.integration = """
      requestParameters:
        integration.request.header.X-From: method.request.header.X-Tenant
        integration.request.querystring.q: "'a b&c'"
      requestTemplates:
        application/json: '{"jobQueue":"$input.params(''queue'')","name":$input.json(''$.name'')}'
      responses: {default: {statusCode: 200}}
      """
    try await route.serving(.submitted) { gateway, batch in
      let answer = try await gateway.answer(
        "POST /jobs/a%20b?x=y", json + ["X-Tenant: t", "X-Other: o", "Authorization: Basic x", "User-Agent: probe"],
        body: #"{"name": "é\u00e9"}"#)
      #expect(answer.status == 200)
      #expect(answer.body == Array(ScriptedServer.Response.submittedBody.utf8))
      let sent = try #require(batch.requests.first)
      #expect(batch.requests.count == 1)
      #expect(sent.method == "POST")
      #expect(sent.path == "/v1/submitjob?q=a%20b%26c")
      #expect(sent.text == #"{"jobQueue":"a%20b","name":"éé"}"#)
      #expect(sent.header("X-From") == "t")
      #expect(sent.header("User-Agent") == "AmazonAPIGateway_\(APIDefinition.id("Direct"))")
      #expect(sent.header("x-amzn-apigateway-api-id") == APIDefinition.id("Direct"))
      #expect(sent.header("Accept") == "application/json")
      #expect(sent.header("Content-Type") == "application/json")
      #expect(sent.header("X-Amzn-Trace-Id") == answer.values("X-Amzn-Trace-Id").first)
      #expect(sent.header("Authorization")?.hasPrefix("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/") == true)
      #expect(
        Set(sent.headers.map { $0.name.lowercased() }) == [
          "host", "x-from", "user-agent", "accept", "content-type", "x-amzn-trace-id", "authorization", "x-amz-date",
          "content-length", "x-amzn-apigateway-api-id",
        ])
    }
  }

  @Test("selects the response whose pattern matches the whole status, or else the default")
  func selection() async throws {
    var route = DirectRoute()
    route.method = "responses: {'200': {}, '201': {}, '404': {}, '502': {}}"
    route.integration = """
      responses:
        default: {statusCode: 502, responseTemplates: {application/json: default}}
        '4\\d{2}': {statusCode: 404, responseTemplates: {application/json: 'four'}}
        '20': {statusCode: 200, responseTemplates: {application/json: 'part'}}
        '201|202': {statusCode: 201, responseTemplates: {application/json: 'either'}}
      """
    let cases = [
      (400, 404, "four"), (499, 404, "four"), (200, 502, "default"), (201, 201, "either"), (202, 201, "either"),
      (500, 502, "default"), (302, 502, "default"),
    ]
    let statuses = Monitor(cases.map(\.0)[...])
    let batch = try ScriptedServer { _ in statuses.withLock { $0.popFirst() }.map { .answer(.init($0, "{}")) } ?? .close
    }
    try await ServedGateway.serving(route.template, batch: batch.url) { gateway in
      for (batch, status, text) in cases {
        let answer = try await gateway.answer("POST /jobs/a", json, body: "{}")
        #expect((answer.status, answer.text) == (status, text), "\(batch)")
      }
    }
    batch.stop()
  }

  @Test("without a matching or default response is a 500")
  func noResponse() async throws {
    var route = DirectRoute()
    route.integration = "responses: {'200': {statusCode: 200}}"
    try await route.serving(.answer(.init(400, "secret"))) { gateway, _ in
      let answer = try await gateway.answer("POST /jobs/a", json, body: "{}")
      #expect(answer.status == 500)
      #expect(answer.text == configurationError)
      #expect(answer.values("x-amzn-ErrorType") == ["InternalServerErrorException"])
      let line = try await gateway.line(containing: "no integration response matches status 400")
      #expect(line?.hasPrefix("POST /jobs/a aws 500 (Batch 400) ") == true)
    }
  }

  @Test("logs Batch's own status next to that of the response, if Batch responded")
  func batchStatus() async throws {
    let route = DirectRoute()
    try await route.serving(.answer(.init(400, "{}")), .submitted, .close) { gateway, _ in
      for queue in ["a", "b", "c"] { _ = try await gateway.answer("POST /jobs/\(queue)", json, body: "{}") }
      for (queue, statuses) in [("a", "200 (Batch 400)"), ("b", "200 (Batch 200)"), ("c", "504")] {
        let line = try await gateway.line(containing: "POST /jobs/\(queue) aws ")
        #expect(line?.hasPrefix("POST /jobs/\(queue) aws \(statuses) ") == true)
      }
    }
  }

  @Test("passes on only those headers of Batch that are mapped")
  func headers() async throws {
    var route = DirectRoute()
    route.method =
      "responses: {'200': {headers: {X-Kept: {schema: {}}, X-Id: {schema: {}}, X-Text: {schema: {}}, X-Request: {schema: {}}, X-None: {schema: {}}, Date: {schema: {}}}}}"
    route.integration = """
      responses:
        default:
          statusCode: 200
          responseParameters:
            method.response.header.X-Kept: integration.response.header.x-AMZN-requestid
            method.response.header.X-Id: integration.response.body.job.ids[1]
            method.response.header.X-Text: "'a, b'"
            method.response.header.X-Request: context.requestId
            method.response.header.X-None: integration.response.header.Missing
            method.response.header.Date: "'now'"
      """
    let reply = ScriptedServer.Response(
      200,
      headers: [("Content-Type", "text/html"), ("x-amzn-RequestId", "r-1"), ("X-Secret", "s"), ("Set-Cookie", "a")],
      #"{"job": {"ids": [1, "two"]}}"#)
    try await route.serving(.answer(reply)) { gateway, _ in
      let answer = try await gateway.answer("POST /jobs/a", json, body: "{}")
      let own: Set = ["x-amzn-requestid", "x-amz-apigw-id", "x-amzn-trace-id", "content-length", "date"]
      #expect(
        answer.headers.filter { !own.contains($0.name.lowercased()) }.map { "\($0.name): \($0.value)" } == [
          "X-Kept: r-1", "X-Id: two", "X-Text: a, b", "X-Request: \(answer.values("x-amzn-RequestId").joined())",
          "x-amzn-Remapped-Date: now", "Content-Type: application/json",
        ])
      #expect(answer.body == reply.body)
    }
  }

  @Test("lets a response template override status and headers, within limits")
  func override() async throws {
    let codes = [("201", 201), ("404", 404), ("599", 599), ("600", 200), ("99", 200), ("-1", 200), ("'404'", 200)]
    for (code, status) in codes {
      var route = DirectRoute()
      route.integration = """
        responses:
          default:
            statusCode: 200
            responseTemplates:
              application/json: |-
                #set($context.responseOverride.status = \(code))
                #set($context.responseOverride.header.X-A = "b")
                #set($context.responseOverride.header.Content-Type = "text/plain")
                done
        """
      try await route.serving(.submitted) { gateway, _ in
        let answer = try await gateway.answer("POST /jobs/a", json, body: "{}")
        #expect(answer.status == status, "\(code)")
        #expect(answer.values("X-A") == ["b"])
        #expect(answer.values("Content-Type") == ["text/plain"])
        #expect(answer.text.hasSuffix("done"))
      }
    }
  }

  @Test("completes exchanges whatever status a mapping template sets")
  func statuses() async throws {
    for (code, status) in [(204, 204), (304, 304), (100, 200), (101, 200), (199, 200)] {
      var route = DirectRoute()
      route.integration = """
        responses:
          default:
            statusCode: 200
            responseTemplates: {application/json: 'text#set($context.responseOverride.status = \(code))'}
        """
      try await route.serving(.submitted) { gateway, _ in
        let statuses = try await gateway.talk { connection in
          connection.send(LocalAPIGatewayTests.request("POST /jobs/a") + LocalAPIGatewayTests.request("GET /nowhere"))
          return [try connection.answer().status, try connection.answer().status]
        }
        #expect(statuses == [status, 403])
      }
    }
  }

  @Test("passes on a body without a mapping template byte for byte, if it may")
  func passthrough() async throws {
    let template = "requestTemplates: {application/json: '{\"fixed\":true}'}"
    let cases: [(lines: String, type: [String], sent: String?)] = [
      (template, json, #"{"fixed":true}"#), (template, [], #"{"fixed":true}"#),
      (template, ["Content-Type: text/plain"], "raw é"),
      (template, ["Content-Type: application/json; charset=utf-8"], #"{"fixed":true}"#),
      ("requestTemplates: {application/json: ''}", json, "raw é"),
      ("requestTemplates: {application/json: ''}\npassthroughBehavior: never", json, nil),
      ("\(template)\npassthroughBehavior: WHEN_NO_MATCH", ["Content-Type: a/b"], "raw é"),
      ("\(template)\npassthroughBehavior: when_no_templates", ["Content-Type: text/plain"], nil),
      ("passthroughBehavior: when_no_templates", ["Content-Type: text/plain"], "raw é"),
      ("\(template)\npassthroughBehavior: never", ["Content-Type: text/plain"], nil),
      ("\(template)\npassthroughBehavior: never", json, #"{"fixed":true}"#),
      ("passthroughBehavior: never", json, nil),
    ]
    for (lines, type, sent) in cases {
      var route = DirectRoute()
      route.integration += "\n" + lines
      try await route.serving(.submitted) { gateway, batch in
        let answer = try await gateway.answer("POST /jobs/a", type, body: "raw é")
        if let sent {
          #expect(answer.status == 200, "\(lines) \(type)")
          #expect(batch.requests.map(\.text) == [sent], "\(lines) \(type)")
        } else {
          #expect(answer.status == 415, "\(lines) \(type)")
          #expect(answer.text == #"{"message":"Unsupported Media Type"}"#)
          #expect(answer.values("x-amzn-ErrorType") == ["BadRequestException"])
          #expect(batch.requests.isEmpty)
        }
      }
    }
  }

  @Test("without a response from Batch is a 504, and is sent only once")
  func failure() async throws {
    let cases: [(ScriptedServer.Reply, String)] = [
      (.stall, "Endpoint request timed out"), (.halfAnswerThenStall(.submitted), "Endpoint request timed out"),
      (.close, "Network error communicating with endpoint"), (.reset, "Network error communicating with endpoint"),
      (.halfAnswer(.submitted), "Network error communicating with endpoint"),
      (.bytes(Array("SSH-2.0\r\n".utf8)), "Network error communicating with endpoint"),
    ]
    for (reply, message) in cases {
      var route = DirectRoute()
      // What ends by itself isn't to be overtaken by a time limit.
      if message.contains("timed out") {
        route.integration += "\ntimeoutInMillis: \(min(TimeFactor.milliseconds(1500), 29_000))"
      }
      try await route.serving(reply) { gateway, batch in
        let answer = try await gateway.answer("POST /jobs/a", json, body: "{}")
        #expect(answer.status == 504, "\(reply)")
        #expect(answer.text == "{\"message\":\"\(message)\"}", "\(reply)")
        #expect(answer.values("x-amzn-ErrorType") == ["InternalServerErrorException"])
        #expect(batch.requests.count == 1)
      }
    }
    try await ServedGateway.serving(DirectRoute().template) { gateway in
      let answer = try await gateway.answer("POST /jobs/a", json, body: "{}")
      #expect(answer.status == 504)
    }
  }

  @Test("submits 50 jobs for 50 concurrent callers")
  func fifty() async throws {
    var route = DirectRoute()
    route.integration += """

      requestTemplates:
        application/json: '{"jobName":"a","jobQueue":"$input.params(''queue'')","jobDefinition":"sample-job"}'
      """
    let template = route.template
    let ids = try await EmbeddedBatch().serve { port in
      try await ServedGateway.serving(template, batch: "http://127.0.0.1:\(port)") { gateway in
        let callers = try (0..<50).map { _ in try Caller(gateway) }
        for caller in callers { caller.send("POST /jobs/sample-queue") }
        return try await offPool {
          try callers.map { try JSON(parsing: $0.answer().body)["jobId"]?.string }
        }
      }
    }
    #expect(Set(ids.compactMap(\.self)).count == 50)
  }
}
