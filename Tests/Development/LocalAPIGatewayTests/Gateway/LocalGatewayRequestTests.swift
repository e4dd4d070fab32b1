import JSONTree
import TestSupport
import Testing

@testable import LocalAPIGateway

/// One test for each difference among the four kinds of event.
@Suite("Over a real socket, an event's", .timeLimit(.minutes(5)))
struct LocalGatewayRequestTests {
  private func strings(_ json: JSON?) -> [String: String] {
    guard case .object(let members) = json else { return [:] }
    return members.reduce(into: [:]) { $0[$1.name] = $1.value.string }
  }

  @Test("path is as sent in REST APIs and function URLs, and decoded in HTTP APIs")
  func path() async throws {
    // As sent, and as decoded.
    let paths = [
      ("a%20b", "a b"), ("a+b", "a+b"), ("a%2Fb", "a/b"), ("a//b", "a//b"), ("a/", "a/"), ("a;b=c", "a;b=c"),
      ("a:3", "a:3"), ("%C3%A9", "é"), ("a\"b", "a\"b"), ("a%2525b", "a%25b"), ("100%", "100%"),
      ("%zz", "%zz"), ("a%00b", "a\0b"), ("%CC%81", "\u{301}"),
    ]
    try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      for (sent, decoded) in paths {
        let rest = try await gateway.event(.rest, "GET", "/any/\(sent)")
        #expect(rest["path"] == .string("/rest/any/\(sent)"))
        #expect(rest["requestContext"]?["path"] == .string("/live/rest/any/\(sent)"))
        let http1 = try await gateway.event(.httpV1, "GET", "/any/\(sent)")
        #expect(http1["path"] == .string("/httpV1/any/\(decoded)"))
        let http2 = try await gateway.event(.httpV2, "GET", "/any/\(sent)")
        #expect(http2["rawPath"] == .string("/httpV2/any/\(decoded)"))
        #expect(http2["requestContext"]?["http"]?["path"] == .string("/httpV2/any/\(decoded)"))
        let url = try await gateway.event(.url, "GET", "/any/\(sent)")
        #expect(url["rawPath"] == .string("/url/any/\(sent)"))
        #expect(url["requestContext"]?["http"]?["path"] == .string("/url/any/\(decoded)"))
      }
    }
  }

  @Test("path parameters are as sent in REST APIs, and decoded in HTTP APIs; a function URL has none")
  func pathParameters() async throws {
    try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      let path = "/a%20b/test%2Balias"
      let rest = try await gateway.event(.rest, "GET", path)
      #expect(strings(rest["pathParameters"]) == ["one": "a%20b", "two": "test%2Balias"])
      for http in [ProxyRoutes.httpV1, .httpV2] {
        #expect(
          strings(try await gateway.event(http, "GET", path)["pathParameters"]) == ["one": "a b", "two": "test+alias"])
      }
      #expect(try await gateway.event(.url, "GET", path)["pathParameters"] == nil)
      // A greedy one includes slashes, even a trailing one.
      #expect(
        strings(try await gateway.event(.rest, "GET", "/any/a//b%2Fc")["pathParameters"]) == ["proxy": "a//b%2Fc"])
      // A single trailing slash makes no difference to the route, and stays in the path.
      let slash = try await gateway.event(.rest, "GET", "/a/b/")
      #expect(slash["resource"] == .string("/rest/{one}/{two}"))
      #expect(slash["path"] == .string("/rest/a/b/"))
      #expect(strings(slash["pathParameters"]) == ["one": "a", "two": "b"])
      #expect(try await gateway.answer("GET /rest/a/b//").status == 403)
      // To an HTTP API, a decoded slash is a slash: two segments become three, which match no route.
      #expect(try await gateway.answer("GET /rest/a%2Fb/c").status == 200)
      #expect(try await gateway.answer("GET /httpV2/a%2Fb/c").status == 404)
    }
  }

  @Test("query is decoded: two maps in REST APIs and format 1.0; joined values and the raw text in format 2.0")
  func query() async throws {
    try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      let query = "?plus=a+b&encoded=a%2Bb&r=1&r=2&empty=&none&%C3%A9=%26&bad=%zz&=v&eq=a=b"
      let single = [
        "plus": "a b", "encoded": "a+b", "r": "2", "empty": "", "none": "", "é": "&", "bad": "%zz", "": "v",
        "eq": "a=b",
      ]
      for routes in [ProxyRoutes.rest, .httpV1] {
        let event = try await gateway.event(routes, "GET", query)
        #expect(strings(event["queryStringParameters"]) == single)
        #expect(event["multiValueQueryStringParameters"]?["r"] == .array([.string("1"), .string("2")]))
        #expect(event["multiValueQueryStringParameters"]?["plus"] == .array([.string("a b")]))
      }
      for routes in [ProxyRoutes.httpV2, .url] {
        let event = try await gateway.event(routes, "GET", query)
        #expect(event["rawQueryString"] == .string(String(query.dropFirst())))
        #expect(strings(event["queryStringParameters"]) == single.merging(["r": "1,2"]) { $1 })
      }
    }
  }

  @Test("headers keep their case in REST APIs, and are lower-cased and joined in format 2.0")
  func headers() async throws {
    let sent = [
      "aUTHORIZATION: Bearer x", "uSER-aGENT: probe", "X-Mixed-Case: a", "x-mixed-case: b", "X-Empty:",
      "X-Forwarded-For: 203.0.113.7", "X-Amzn-Trace-Id: Root=1-spoofed", "X-Forwarded-Proto: https",
    ]
    try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      let rest = try await gateway.event(.rest, "GET", "", sent)
      let headers = strings(rest["headers"])
      #expect(
        headers.keys.sorted() == [
          "Authorization", "Host", "User-Agent", "X-Amzn-Trace-Id", "X-Empty", "X-Forwarded-For", "X-Forwarded-Port",
          "X-Forwarded-Proto", "X-Mixed-Case",
        ])
      #expect(headers["Authorization"] == "Bearer x")
      #expect(headers["X-Mixed-Case"] == "b")
      #expect(headers["X-Empty"] == "")
      #expect(headers["X-Forwarded-For"] == "203.0.113.7, 127.0.0.1")
      #expect(headers["X-Forwarded-Proto"] == "http")
      #expect(headers["X-Amzn-Trace-Id"]?.contains("spoofed") == false)
      #expect(rest["multiValueHeaders"]?["X-Mixed-Case"] == .array([.string("a"), .string("b")]))
      for routes in [ProxyRoutes.httpV2, .url] {
        let headers = strings(try await gateway.event(routes, "GET", "", sent)["headers"])
        #expect(headers.keys.allSatisfy { $0 == $0.lowercased() })
        #expect(headers["x-mixed-case"] == "a,b")
        #expect(headers["authorization"] == "Bearer x")
        #expect(headers["x-empty"] == "")
      }
    }
  }

  @Test("trace is the caller's if it is well formed, in the event, the invocation and a REST API's response")
  func trace() async throws {
    let root = "Root=1-3152b799-8954dae64eda91bc9a23a7e8"
    try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      let generated = #/(Root=1-[0-9a-f]{8}-[0-9a-f]{24});Parent=([0-9a-f]{16});Sampled=0/#
      let whole = "\(root);Parent=7fa8c0f79203be72;Sampled=1"
      var answer = try await gateway.answer("GET /rest", ["X-Amzn-Trace-Id: \(whole)"])
      #expect(answer.values("X-Amzn-Trace-Id") == [whole])
      #expect(try JSON(parsing: answer.body)["headers"]?["X-Amzn-Trace-Id"] == .string(root))
      for header in [root, "Self=1-2-3; root=\(root.dropFirst(5))", "\(root);Parent=7;Sampled=?"] {
        answer = try await gateway.answer("GET /rest", ["X-Amzn-Trace-Id: \(header)"])
        let match = answer.values("X-Amzn-Trace-Id").first?.wholeMatch(of: generated)
        #expect(match.map { String($0.1) } == root, "\(header)")
      }
      for headers in [[], ["X-Amzn-Trace-Id: Root=1-2-3"], ["X-Amzn-Trace-Id: ;;="]] {
        answer = try await gateway.answer("GET /rest", headers)
        #expect(answer.values("X-Amzn-Trace-Id").first?.wholeMatch(of: generated) != nil, "\(headers)")
      }
    }
  }

  @Test("context keeps the leading slashes that routing ignores")
  func leadingSlashes() async throws {
    try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      let event = try await JSON(parsing: gateway.answer("GET //rest/a/b").body)
      #expect(event["resource"] == .string("/rest/{one}/{two}"))
      #expect(event["requestContext"]?["path"] == .string("/live//rest/a/b"))
      // An HTTP API's paths don't match with them.
      #expect(try await gateway.answer("GET //httpV2").status == 403)
    }
  }

  @Test("cookies stay in a header in REST APIs; format 2.0 lists them; only a function URL keeps both")
  func cookies() async throws {
    let sent = ["Cookie: a=1; b=2;c=3", "cookie: d=4"]
    let list = JSON.array(["a=1", "b=2", "c=3", "d=4"].map(JSON.string))
    try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      let rest = try await gateway.event(.rest, "GET", "", sent)
      #expect(rest["cookies"] == nil)
      #expect(rest["multiValueHeaders"]?["Cookie"] == .array([.string("a=1; b=2;c=3"), .string("d=4")]))
      let http2 = try await gateway.event(.httpV2, "GET", "", sent)
      #expect(http2["cookies"] == list)
      #expect(http2["headers"]?["cookie"] == nil)
      let url = try await gateway.event(.url, "GET", "", sent)
      #expect(url["cookies"] == list)
      #expect(url["headers"]?["cookie"] != nil)
    }
  }

  @Test("missing members are null in REST APIs and format 1.0, and left out in format 2.0")
  func absence() async throws {
    try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      for routes in [ProxyRoutes.rest, .httpV1] {
        let event = try await gateway.event(routes, "GET", "")
        for name in [
          "queryStringParameters", "multiValueQueryStringParameters", "pathParameters", "stageVariables", "body",
        ] {
          #expect(event[name] == .null, "\(routes) \(name)")
        }
        #expect(event["isBase64Encoded"] == .boolean(false))
      }
      for routes in [ProxyRoutes.httpV2, .url] {
        let event = try await gateway.event(routes, "GET", "")
        for name in ["queryStringParameters", "pathParameters", "stageVariables", "body", "cookies"] {
          #expect(event[name] == nil, "\(routes) \(name)")
        }
        #expect(event["rawQueryString"] == .string(""))
        #expect(event["isBase64Encoded"] == .boolean(false))
      }
    }
  }

  @Test("body is text in REST APIs except for binary media types, and in HTTP APIs only for text types")
  func body() async throws {
    let text = JSON.string("a=é")
    let base64 = JSON.string("YT3DqQ==")
    let types: [(header: [String], rest: JSON, http: JSON)] = [
      (["Content-Type: application/json"], text, text), (["Content-Type: text/csv; charset=utf-8"], text, text),
      (["Content-Type: application/x-www-form-urlencoded"], text, base64),
      (["Content-Type: application/octet-stream"], text, base64), ([], text, base64),
      (["Content-Type: image/png"], base64, base64), (["content-type: IMAGE/PNG; a=b"], base64, base64),
    ]
    try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      for type in types {
        let rest = try await gateway.event(.rest, "POST", "", type.header, body: Array("a=é".utf8))
        #expect(rest["body"] == type.rest, "\(type.header)")
        #expect(rest["isBase64Encoded"] == .boolean(type.rest == base64))
        for routes in [ProxyRoutes.httpV1, .httpV2, .url] {
          let http = try await gateway.event(routes, "POST", "", type.header, body: Array("a=é".utf8))
          #expect(http["body"] == type.http, "\(routes) \(type.header)")
          #expect(http["isBase64Encoded"] == .boolean(type.http == base64))
        }
      }
      // Bytes that aren't text still yield a JSON event.
      let bytes: [UInt8] = [0x61, 0xff, 0x00, 0x62]
      let rest = try await gateway.event(.rest, "POST", "", ["Content-Type: text/plain"], body: bytes)
      #expect(rest["body"] == .string("a\u{fffd}\0b"))
      let http = try await gateway.event(.httpV2, "POST", "", ["Content-Type: text/plain"], body: bytes)
      #expect(http["body"] == .string("Yf8AYg=="))
    }
  }

  @Test("headers exclude those that end at a REST API")
  func droppedHeaders() async throws {
    let sent = [
      "Connection: keep-alive", "Content-MD5: x", "Max-Forwards: 3", "Proxy-Authenticate: x", "Server: x",
      "TE: trailers",
      "Trailer: x", "Upgrade: x", "WWW-Authenticate: x", "Transfer-Encoding: chunked", "X-Kept: y",
    ]
    let own = ["host", "x-amzn-trace-id", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto"]
    try await ServedGateway.serving(ProxyRoutes.template) { gateway in
      let rest = try await gateway.talk { connection in
        connection.send(request("POST /rest", sent) + Array("2\r\nab\r\n0\r\n\r\n".utf8))
        return try connection.answer()
      }
      let event = try JSON(parsing: rest.body)
      #expect(strings(event["headers"]).keys.map { $0.lowercased() }.sorted() == (own + ["x-kept"]).sorted())
      #expect(event["body"] == .string("ab"))
    }
  }
}
