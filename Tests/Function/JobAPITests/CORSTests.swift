import ProxyEvents
import Platform
import Testing

@testable import JobAPI

@Suite("CORS")
struct CORSTests {
  @Test("adds nothing if no origin is set", arguments: [[:], ["CORS_ALLOW_ORIGIN": ""]])
  func none(variables: [String: String]) throws {
    let cors = try CORS(environment: Environment(variables))
    #expect(cors.apply(to: ProxyResponse(status: 200, headers: [("A", "b")])).headers.map(\.name) == ["A"])
    #expect(try cors.preflight(request("OPTIONS")) == nil)
  }

  @Test(
    "allows any origin or a single one, and lets the page read Retry-After and Idempotent-Replayed",
    arguments: ["*", "https://www.example.com", "http://localhost:3000"])
  func origin(origin: String) throws {
    let response = ProxyResponse(status: 429, headers: [("Retry-After", "1")], body: [0x7b, 0x7d])
    let headers = try cors(origin).apply(to: response).headers
    #expect(headers.first?.name == "Retry-After")
    #expect(value("Access-Control-Allow-Origin", headers) == origin)
    #expect(value("Access-Control-Expose-Headers", headers) == "ETag, Idempotent-Replayed, Link, Location, Retry-After")
    #expect(value("Vary", headers) == (origin == "*" ? nil : "Origin"))
    #expect(Set(headers.map { $0.name.lowercased() }).count == headers.count)
  }

  @Test(
    "throws an error that names its variable if the value is not an origin",
    arguments: [
      "example.com", "https://", "https://a.com/", "https://a.com/path", "https://a.com,https://b.com",
      "https://a.com https://b.com", "null", "https://*.example.com", "**",
      "ftp://a.com", "https://a.com\r\nX: y", " https://a.com", "https://a.com?x", "https://user@a.com",
      "https://é.com", "HTTPS://a.com",
    ])
  func mistakes(origin: String) {
    let error = #expect(throws: EnvironmentError.self) { try cors(origin) }
    #expect(error?.variable == "CORS_ALLOW_ORIGIN")
    #expect(error?.reason.contains("https://") == true)
  }

  @Test("responds to a preflight request with what a request may send")
  func preflight() throws {
    let response = try #require(try cors("*").preflight(try request("OPTIONS")))
    #expect(response.status == 204)
    #expect(response.body.isEmpty)
    #expect(value("Access-Control-Allow-Methods", response.headers) == "GET, POST, DELETE, OPTIONS")
    #expect(value("Access-Control-Allow-Headers", response.headers)?.contains("If-None-Match") == true)
    #expect(value("Access-Control-Allow-Headers", response.headers)?.contains("Content-Type") == true)
    #expect(value("Access-Control-Allow-Headers", response.headers)?.contains("Authorization") == true)
    #expect(value("Access-Control-Allow-Headers", response.headers)?.contains("Idempotency-Key") == true)
  }

  @Test("does not respond to any other request", arguments: ["POST", "GET", "options", "HEAD"])
  func otherMethods(method: String) throws {
    #expect(try cors("*").preflight(try request(method)) == nil)
  }

  private func cors(_ origin: String) throws(EnvironmentError) -> CORS {
    try CORS(environment: Environment(["CORS_ALLOW_ORIGIN": origin]))
  }

  private func request(_ method: String) throws -> ProxyRequest {
    try ProxyRequest(event: Array(Events.functionURL(path: "/jobs/q/d", method: method).utf8))
  }

  private func value(_ name: String, _ headers: [HTTPHeader]) -> String? {
    headers.first { $0.name == name }?.value
  }
}
