import Foundation
import LocalLambda
import Platform
import Testing

@testable import LocalAPIGateway

@Suite("The headers of a proxy event")
struct ProxyHeadersTests {
  private func headers(_ form: PayloadFormat, _ edit: (inout ClientRequest) -> Void) -> [String: [String]] {
    let fields = ProxyHeaders(of: .capture(edit), form, TraceID(at: Timestamp(milliseconds: 0))).fields
    return Dictionary(fields.map { ($0.name, $0.values) }, uniquingKeysWith: +)
  }

  @Test("keep the client's case in a REST API, except those that API Gateway spells itself")
  func spelling() {
    let headers = headers(.rest) {
      $0.headers = [("tEsT-HEADeR", "aValUE"), ("authorization", "random-value"), ("user-agent", "test")]
    }
    #expect(headers["tEsT-HEADeR"] == ["aValUE"])
    #expect(headers["Authorization"] == ["random-value"] && headers["User-Agent"] == ["test"])
  }

  @Test(
    "exclude those that end at a REST API",
    arguments: [
      "Connection", "Content-Length", "Content-MD5", "Expect", "Max-Forwards", "Proxy-Authenticate", "Server", "TE",
      "Transfer-Encoding", "Trailer", "Upgrade", "WWW-Authenticate",
    ])
  func dropped(name: String) {
    #expect(headers(.rest) { $0.headers = [(name, "x"), ("X-Kept", "x")] }.keys.sorted().first == "Host")
    #expect(headers(.rest) { $0.headers = [(name.lowercased(), "x")] }.count == 5)
  }

  @Test("are merged by name, case-insensitively", arguments: [PayloadFormat.rest, .httpV1, .httpV2, .functionURL])
  func repeated(form: PayloadFormat) {
    let headers = headers(form) { $0.headers = [("X-Twice", "1"), ("x-twice", "2")] }
    #expect(headers[form == .rest || form == .httpV1 ? "X-Twice" : "x-twice"] == ["1", "2"])
  }

  @Test("append the client to forwarded addresses, and replace other forwarding headers")
  func forwarded() {
    let headers = headers(.rest) {
      $0.headers = [
        ("x-forwarded-for", "203.0.113.9"), ("x-forwarded-port", "1"), ("x-forwarded-proto", "gopher"),
        ("x-amzn-trace-id", "Root=1-0-0"), ("host", "elsewhere"),
      ]
      $0.host = "gateway"
    }
    #expect(headers["X-Forwarded-For"] == ["203.0.113.9, 127.0.0.1"])
    #expect(headers["X-Forwarded-Port"] == ["80"] && headers["X-Forwarded-Proto"] == ["http"])
    #expect(headers["X-Amzn-Trace-Id"]?.first?.wholeMatch(of: #/Root=1-0-[0-9a-f]{24}/#) != nil)
    #expect(headers["Host"] == ["gateway"])
  }

  @Test("take the port from the Host header", arguments: [("[::1]:3000", "3000"), ("[::1]", "80"), ("a:", "80")])
  func port(host: String, port: String) {
    #expect(headers(.httpV2) { $0.host = host }["x-forwarded-port"] == [port])
  }

  @Test("include the length of an empty body in an HTTP API", arguments: [PayloadFormat.httpV1, .httpV2])
  func length(form: PayloadFormat) {
    let headers = headers(form) { ($0.headers, $0.body) = ([("transfer-encoding", "chunked")], []) }
    #expect(headers[form == .httpV1 ? "Content-Length" : "content-length"] == ["0"])
    #expect(headers["transfer-encoding"] == nil)
  }
}
