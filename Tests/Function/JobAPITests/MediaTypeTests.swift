import ProxyEvents
import Testing

@testable import JobAPI

@Suite("The content type of a body")
struct MediaTypeTests {
  @Test(
    "can be JSON or missing",
    arguments: [
      nil, "application/json", "Application/JSON", "application/json; charset=utf-8", "application/json;charset=UTF-8",
      "application/json ; x=y", "application/json;\u{301}",
    ]
      as [String?])
  func json(contentType: String?) throws {
    try MediaType.check(try request(body: "{}", contentType))
  }

  @Test(
    "can't be anything else",
    arguments: [
      "text/plain", "application/x-www-form-urlencoded", "application/jsonx", "application/json-patch+json",
      "application/problem+json", "text/json", "application",
      "application/", "json", "*/*", "multipart/form-data; boundary=application/json", "application/octet-stream",
      "application/xml; a=application/json",
      "application/json, text/plain", "application/json\u{37e}x=y", "application/j\u{17f}on",
    ])
  func other(contentType: String) throws {
    let request = try request(body: "{}", contentType)
    let error = #expect(throws: MediaTypeError.self) { try MediaType.check(request) }
    #expect(error.map { "\($0)" }?.contains("\"\(contentType)\"") == true)
    #expect(error.map { "\($0)" }?.contains("application/json") == true)
  }

  @Test("does not matter if there is no body", arguments: ["text/plain", "application/x-www-form-urlencoded"])
  func noBody(contentType: String) throws {
    try MediaType.check(try request(body: "", contentType))
  }

  private func request(body: String, _ contentType: String?) throws -> ProxyRequest {
    try ProxyRequest(event: Array(Events.rest(body: body, contentType: contentType).utf8))
  }
}
