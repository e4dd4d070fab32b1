import JSONTree
import TestSupport
import Testing

@testable import LocalAPIGateway

/// The client's view of a function's response: the status line, headers other than the gateway's own, and the body.
@Suite("Over a real socket, a function's response", .timeLimit(.minutes(5)))
struct LocalGatewayAnswerTests {
  private struct Seen: Equatable, CustomStringConvertible {
    var statusLine: String
    var headers: [String]
    var body: String

    init(_ statusLine: String, _ headers: [String], _ body: String = "") {
      (self.statusLine, self.headers, self.body) = ("HTTP/1.1 \(statusLine)", headers, body)
    }

    /// Removes the headers that every response must have, and notes missing ones.
    init(_ answer: HTTPConnection.Answer, ownHeaders: Set<String>) {
      let own = ownHeaders.union(["content-length", "date"])
      let names = Set(answer.headers.map { $0.name.lowercased() })
      self.init(
        String(answer.statusLine.dropFirst("HTTP/1.1 ".count)),
        answer.headers.filter { !own.contains($0.name.lowercased()) }.map { "\($0.name): \($0.value)" }
          + own.subtracting(names).sorted().map { "no \($0)" }, answer.text)
    }

    var description: String { ([statusLine] + headers + ["", body]).joined(separator: "\n") }
  }

  private static let json = "Content-Type: application/json"
  private static let rest502 = Seen(
    "502 Bad Gateway", [json, "x-amzn-ErrorType: InternalServerErrorException"],
    #"{"message":"Internal server error"}"#)
  private static let http500 = Seen("500 Internal Server Error", [json], #"{"message":"Internal Server Error"}"#)

  private func check(_ routes: ProxyRoutes, _ cases: [(payload: String, headers: [String], seen: Seen)]) async throws {
    let own: Set =
      routes == .rest
      ? ["x-amzn-requestid", "x-amz-apigw-id", "x-amzn-trace-id"]
      : routes == .url ? ["x-amzn-requestid", "x-amzn-trace-id"] : ["apigw-requestid"]
    try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      for (payload, headers, seen) in cases {
        let answer = try await gateway.answer(to: payload, at: routes.path(""), [routes.host] + headers)
        // A REST API's own responses have no trace id.
        let own = routes == .rest && answer.status >= 500 ? own.subtracting(["x-amzn-trace-id"]) : own
        #expect(Seen(answer, ownHeaders: own) == seen, "\(payload)")
      }
    }
  }

  @Test("to a REST API is validated as in AWS")
  func rest() async throws {
    let (json, bad) = (Self.json, Self.rest502)
    try await check(
      .rest,
      [
        (#"{"statusCode":200}"#, [], Seen("200 OK", [json])),
        (#"{"headers":{"X-A":"b"}}"#, [], Seen("200 OK", ["X-A: b", json])),
        (#"{}"#, [], Seen("200 OK", [json])),
        (#"{"statusCode":"201"}"#, [], Seen("201 Created", [json])),
        (#"{"statusCode":418,"body":"x"}"#, [], Seen("418 I'm a teapot", [json], "x")),
        (#"{"statusCode":"test"}"#, [], bad), (#"{"statusCode":99}"#, [], bad), (#"{"statusCode":600}"#, [], bad),
        (#"{"statusCode":100}"#, [], bad), (#"{"statusCode":101}"#, [], bad), (#"{"statusCode":-200}"#, [], bad),
        (#"{"statusCode":1e400}"#, [], bad), (#"{"statusCode":99999999999999999999}"#, [], bad),
        (#"{"statusCode":{}}"#, [], bad),
        (#"{"statusCode":200,"cookies":[]}"#, [], bad), (#"{"statusCode":200,"status":200}"#, [], bad),
        (#""text""#, [], bad), (#""#, [], bad), (#"null"#, [], bad), (#"[]"#, [], bad),
        (#"{"statusCode":200"#, [], bad),
        (
          #"{"headers":{"X-T":true,"X-F":false,"X-N":1.50,"X-Null":null}}"#, [],
          Seen("200 OK", ["X-T: true", "X-F: false", "X-N: 1.50", json])
        ),
        (#"{"headers":{"X-A":["b"]}}"#, [], bad), (#"{"headers":"x"}"#, [], bad),
        (#"{"headers":null}"#, [], Seen("200 OK", [json])),
        (#"{"multiValueHeaders":{"X-A":"b"}}"#, [], bad),
        (
          #"{"headers":{"x-a":"single","X-B":"b"},"multiValueHeaders":{"X-A":["one","two"]}}"#, [],
          Seen("200 OK", ["X-A: one", "X-A: two", "X-A: single", "X-B: b", json])
        ),
        (#"{"body":{"a":1}}"#, [], bad), (#"{"body":null}"#, [], Seen("200 OK", [json])),
        (#"{"body":"aGk=","isBase64Encoded":true}"#, [], Seen("200 OK", [json], "aGk=")),
        (
          #"{"body":"aGk=","isBase64Encoded":true,"headers":{"content-type":"image/png"}}"#, ["Accept: image/png, */*"],
          Seen("200 OK", ["content-type: image/png"], "hi")
        ),
        (#"{"isBase64Encoded":"true"}"#, [], bad),
        (
          #"{"headers":{"Connection":"close","Content-Length":"1","Date":"d","Server":"s","Transfer-Encoding":"chunked"}}"#,
          [],
          Seen(
            "200 OK",
            [
              "x-amzn-Remapped-Connection: close", "x-amzn-Remapped-Content-Length: 1", "x-amzn-Remapped-Date: d",
              "x-amzn-Remapped-Server: s", json,
            ])
        ),
      ])
  }

  @Test("to an HTTP API, format 2.0, is the body itself if it has no status code")
  func http2() async throws {
    let (json, bad, text) = (Self.json, Self.http500, "Content-Type: text/plain; charset=utf-8")
    try await check(
      .httpV2,
      [
        (#"{"statusCode":200}"#, [], Seen("200 OK", [text])),
        (#"{"statusCode":"201","body":"x"}"#, [], Seen("201 Created", [text], "x")),
        (#"{ "message" : "hi" }"#, [], Seen("200 OK", [json], #"{"message":"hi"}"#)),
        (#""a text""#, [], Seen("200 OK", [json], "a text")), ("[1, 2]", [], Seen("200 OK", [json], "[1,2]")),
        ("7", [], Seen("200 OK", [json], "7")), ("null", [], Seen("200 OK", [json], "null")),
        (#"{"statusCode":200,"unknown":1,"multiValueHeaders":{"X-A":["b"]}}"#, [], Seen("200 OK", [text])),
        (
          #"{"statusCode":200,"headers":{"X-A":"b","content-type":"a/b"},"cookies":["a=1; Secure","b=2"]}"#, [],
          Seen("200 OK", ["X-A: b", "content-type: a/b", "Set-Cookie: a=1; Secure", "Set-Cookie: b=2"])
        ),
        (#"{"statusCode":200,"body":"aGk=","isBase64Encoded":true}"#, [], Seen("200 OK", [text], "hi")),
        (#"{"statusCode":200,"body":"!","isBase64Encoded":true}"#, [], bad),
        (#"{"statusCode":"test"}"#, [], bad), (#"{"statusCode":200,"body":{}}"#, [], bad),
        (#"{"statusCode":200,"cookies":"a=1"}"#, [], bad), ("{", [], bad), ("", [], bad),
      ])
  }

  @Test("to an HTTP API, format 1.0, needs a status code; unknown members are ignored")
  func http1() async throws {
    try await check(
      .httpV1,
      [
        (
          #"{"statusCode":200,"unknown":1,"multiValueHeaders":{"X-A":["b","c"]}}"#, [],
          Seen("200 OK", ["X-A: b", "X-A: c", "Content-Type: text/plain; charset=utf-8"])
        ),
        (#"{"message":"hi"}"#, [], Self.http500), ("null", [], Self.http500),
      ])
  }

  @Test("to a function URL is as in format 2.0, except that it defaults to JSON and failures are 502 in plain text")
  func url() async throws {
    let bad = Seen("502 Bad Gateway", ["Content-Type: text/plain"], "Internal Server Error")
    try await check(
      .url,
      [
        (#"{"statusCode":200,"body":"x"}"#, [], Seen("200 OK", [Self.json], "x")),
        (#"{"message":"hi"}"#, [], Seen("200 OK", [Self.json], #"{"message":"hi"}"#)),
        (#"{"statusCode":"test"}"#, [], bad), ("{", [], bad),
      ])
  }

  @Test("can't inject header lines, or bytes after a response without a body")
  func framing() async throws {
    let odd = [
      #"{"statusCode":200,"headers":{"X-A":"b\r\nX-Injected: c","X Y":"z","":"z","X-B\r\nX-Injected":"d",":status":"9"}}"#,
      #"{"statusCode":204,"body":"bytes"}"#, #"{"statusCode":304,"body":"bytes"}"#, #"{"statusCode":205,"body":"b"}"#,
      #"{"statusCode":200,"headers":{"X-A":"é\u0000\u007f","Content-Type":""},"body":"\u0000é"}"#,
      #"{"statusCode":200,"headers":{"Trailer":"x","Upgrade":"h2c","Keep-Alive":"x","TE":"x"},"body":"b"}"#,
    ]
    try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      let routes = ProxyRoutes.allCases
      let statuses = try await gateway.talk { connection in
        var statuses: [[Int]] = []
        for payload in odd {
          var seen: [Int] = []
          for route in routes {
            // One connection for all: leftovers of a response would be read as the next one's head.
            let headers = [route.host, "x-command: payload", "Content-Type: text/plain"]
            connection.send(request("POST \(route.path(""))", headers, body: Array(payload.utf8)))
            let answer = try connection.answer()
            if answer.values("X-Injected").isEmpty { seen.append(answer.status) }
          }
          statuses.append(seen)
        }
        return statuses
      }
      #expect(statuses == [200, 204, 304, 205, 200, 200].map { Array(repeating: $0, count: routes.count) })
    }
  }
}
