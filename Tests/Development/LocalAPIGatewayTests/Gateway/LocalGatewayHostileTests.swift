import DevelopmentTestSupport
import Foundation
import TestSupport
import Testing

@testable import LocalAPIGateway

/// A crash would end the whole command, including every other caller's request.
@Suite("The gateway survives", .timeLimit(.minutes(2)))
struct LocalGatewayHostileTests {
  private let json = ["Content-Type: application/json"]

  /// Small but nasty bodies, some of which are JSON.
  private static let bodies: [[UInt8]] = {
    let texts = [
      "", " ", "nul", "{", "[", "\"", "{\"a\"", "{\"a\":1,\"a\":2}", "{\"\":{\"\":null}}", "\"\\ud800\"", "\"\\u0000\"",
      "1e999999999999999999999", "-0", "1E-999999999999999999999", "[1e400, -1e400]",
      "{\"n\":123456789012345678901234567890, \"s\": \"\\u0000\"}", "{\"é\":1,\"e\u{301}\":2}", "\u{feff}{}",
      String(repeating: "[", count: 50_000), String(repeating: "{\"a\":", count: 50_000),
      String(repeating: "[", count: 50_000) + String(repeating: "]", count: 50_000),
      String(repeating: "[", count: 500) + String(repeating: "]", count: 500),
      String(repeating: "{\"a\":", count: 500) + "1" + String(repeating: "}", count: 500),
      "[" + String(repeating: "[],", count: 20_000) + "[]]", String(repeating: "9", count: 50_000),
      "0." + String(repeating: "0", count: 50_000) + "1",
    ]
    return texts.map { Array($0.utf8) } + [
      [0xff, 0xfe], [0x22, 0xc0, 0xaf, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22], [0],
    ]
  }()

  @Test("all kinds of bodies in models, mapping templates and JSONPaths")
  func bodies() async throws {
    var route = DirectRoute()
    route.document = "x-amazon-apigateway-request-validators: {all: {validateRequestBody: true}}"
    route.method = """
      x-amazon-apigateway-request-validator: all
      requestBody:
        content:
          application/json:
            schema:
              uniqueItems: true
              additionalProperties: {type: [object, array, number, string, "null"], minimum: -5, multipleOf: 0.3}
              maxProperties: 3
              minLength: 1
              pattern: '^(a|b)*$'
      responses: {'200': {}}
      """
    route.integration = """
      passthroughBehavior: when_no_match
      requestTemplates:
        application/json: "$input.json('$')"
        a/b: "$input.json('$..a')$input.path('$.a[-1]')$util.escapeJavaScript($input.body)$util.parseJson($input.body)"
        c/d: "$util.base64Decode($input.body)$util.urlDecode($input.body)$util.urlEncode($input.body)"
      responses:
        default:
          statusCode: 200
          responseTemplates: {application/json: "$input.json('$')$input.path('$..*')$util.parseJson($input.body)"}
      """
    // Batch's responses aren't trusted, either.
    let answers = Monitor(Self.bodies[...])
    let batch = try ScriptedServer { _ in
      answers.withLock { rest in
        guard let body = rest.popFirst() else { return .close }
        rest.append(body)
        return .answer(.init(200, body))
      }
    }
    try await ServedGateway.serving(route.template, batch: batch.url) { gateway in
      for body in Self.bodies {
        for type in ["application/json", "a/b", "c/d", "text/plain"] {
          let answer = try await gateway.answer("POST /jobs/a", ["Content-Type: \(type)"], body: body)
          let text = String(decoding: body.prefix(40), as: UTF8.self)
          #expect([200, 400, 500].contains(answer.status), "\(type) \(text): \(answer.statusLine)")
        }
      }
    }
    batch.stop()
  }

  @Test("arithmetic in mapping templates")
  func numbers() async throws {
    let expressions = [
      "$n + $n", "$n - 1 - $n - $n", "$n * $n", "$n / 0", "$n / -1", "$n % -1", "$n % 0", "0 - $n", "-1 * $n",
      "[1..$n]", "[$n..1]",
      "$t.substring($n)", "$t.substring(0, $n)", "$t.charAt($n)", "$l.get($n)", "$l.subList($n, $n)",
      "$t.split('e').get($n)", "$n == $n", "$n < 1.5", "$l.set($n, 1)", "$t.indexOf('t', $n)", "$n.toString()",
    ]
    var route = DirectRoute()
    let lines = expressions.enumerated().map { index, expression in
      "#if($input.params('queue') == '\(index)')#set($r = \(expression))$r#end"
    }
    route.integration = """
      requestTemplates:
        application/json: |-
          #set($n = $input.path('$.n'))#set($t = 'text')#set($l = [1, 2])
      \(lines.joined(separator: "\n").indented(by: 4))
      responses: {default: {statusCode: 200}}
      """
    let numbers = [
      "9223372036854775807", "-9223372036854775808", "0", "-1", "1e308", "-1e308", "5e-324", "1e400",
      "99999999999999999999", "null", "\"9\"", "[]", "{}", "true",
    ]
    try await route.serving(.submitted) { gateway, _ in
      for index in expressions.indices {
        let statuses = try await gateway.talk { connection in
          let requests = numbers.map { number in
            request("POST /jobs/\(index)", ["Content-Type: application/json"], body: Array("{\"n\":\(number)}".utf8))
          }
          return try requests.map { request in
            connection.send(request)
            return try connection.answer().status
          }
        }
        #expect(statuses.allSatisfy { [200, 500].contains($0) }, "\(expressions[index]): \(statuses)")
      }
    }
  }

  @Test("all kinds of payloads from a function")
  func payloads() async throws {
    let deep = String(repeating: "[", count: 400) + String(repeating: "]", count: 400)
    let texts = [
      "{\"statusCode\":200,\"body\":\(deep)}", "{\"statusCode\":200,\"headers\":\(deep)}", "{\"statusCode\":\(deep)}",
      "{\"statusCode\":200,\"headers\":{\"é\":\"a\",\"a\\u0000b\":\"c\",\"\\r\\n\":\"d\",\"x\":\"\\r\\n\\r\\n\"}}",
      "{\"statusCode\":200,\"headers\":{\(String(repeating: "\"X\":\"y\",", count: 5000))\"Z\":\"\"}}",
      "{\"statusCode\":200,\"cookies\":[\"\\r\\n\",\"\\u0000\"],\"multiValueHeaders\":{\"X\":[]}}",
      "{\"statusCode\":200,\"headers\":{\"Content-Length\":\"-1\",\"content-length\":\"9\",\"Transfer-Encoding\":\"x\"}}",
      "{\"statusCode\":\"200 \"}", "{\"statusCode\":\"\\u0662\\u0660\\u0660\"}", "{\"statusCode\":2e2}",
      "{\"statusCode\":200.5}", "{\"statusCode\":1e999}", "{\"statusCode\":\"nan\"}", "{\"statusCode\":\"0xC8\"}",
    ]
    let statuses = Set([200, 500, 502])
    try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      for payload in texts.map({ Array($0.utf8) }) + Self.bodies {
        let seen = try await gateway.talk { connection in
          try ProxyRoutes.allCases.map { routes in
            let headers = [routes.host, "x-command: payload", "Content-Type: image/png"]
            connection.send(request("POST \(routes.path(""))", headers, body: payload))
            return try connection.answer().status
          }
        }
        #expect(statuses.isSuperset(of: seen), "\(String(decoding: payload.prefix(60), as: UTF8.self)): \(seen)")
      }
    }
  }
}
