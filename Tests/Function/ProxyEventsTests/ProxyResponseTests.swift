import ProxyEvents
import Foundation
import Testing

@Suite("A proxy response")
struct ProxyResponseTests {
  private let response = ProxyResponse(
    status: 429, headers: [("Content-Type", "application/problem+json"), ("Retry-After", "7")],
    body: Array("{\"detail\":\"é\\n\"}".utf8))

  @Test(
    "has only the members that a REST API knows for API Gateway and function URLs",
    arguments: [.rest, .httpV1, .httpV2, .functionURL] as [PayloadFormat])
  func gateway(format: PayloadFormat) throws {
    let members = try members(response, format)
    #expect(Set(members.keys) == ["statusCode", "headers", "body", "isBase64Encoded"])
    #expect(members["statusCode"] as? Int == 429)
    #expect(
      members["headers"] as? [String: String] == ["Content-Type": "application/problem+json", "Retry-After": "7"])
    #expect(members["body"] as? String == "{\"detail\":\"é\\n\"}")
    #expect(members["isBase64Encoded"] as? Bool == false)
  }

  @Test("has a status description and headers for a load balancer")
  func loadBalancer() throws {
    let members = try members(response, .loadBalancer(multiValueHeaders: false))
    #expect(Set(members.keys) == ["statusCode", "statusDescription", "headers", "body", "isBase64Encoded"])
    #expect(members["statusDescription"] as? String == "429 Too Many Requests")
    #expect(
      members["headers"] as? [String: String] == ["Content-Type": "application/problem+json", "Retry-After": "7"])
  }

  @Test("has multi-value headers instead for a load balancer with those enabled")
  func multiValueHeaders() throws {
    let members = try members(response, .loadBalancer(multiValueHeaders: true))
    #expect(Set(members.keys) == ["statusCode", "statusDescription", "multiValueHeaders", "body", "isBase64Encoded"])
    #expect(
      members["multiValueHeaders"] as? [String: [String]]
        == ["Content-Type": ["application/problem+json"], "Retry-After": ["7"]])
  }

  @Test(
    "has an empty body and no headers by default",
    arguments: [.rest, .httpV2, .functionURL, .loadBalancer(multiValueHeaders: false)] as [PayloadFormat])
  func empty(format: PayloadFormat) throws {
    let members = try members(ProxyResponse(status: 204), format)
    #expect(members["statusCode"] as? Int == 204)
    #expect(members["body"] as? String == "")
    #expect(members["headers"] as? [String: String] == [:])
  }

  @Test(
    "describes every status that the function returns",
    arguments: [
      (200, "200 OK"), (204, "204 No Content"), (400, "400 Bad Request"), (403, "403 Forbidden"),
      (404, "404 Not Found"),
      (405, "405 Method Not Allowed"), (413, "413 Content Too Large"), (415, "415 Unsupported Media Type"),
      (429, "429 Too Many Requests"), (502, "502 Bad Gateway"), (503, "503 Service Unavailable"),
      (504, "504 Gateway Timeout"),
    ])
  func statusDescription(status: Int, description: String) throws {
    let members = try members(ProxyResponse(status: status), .loadBalancer(multiValueHeaders: false))
    #expect(members["statusDescription"] as? String == description)
  }

  @Test("is one line of JSON as a payload")
  func oneLine() {
    let payload = String(decoding: response.payload(for: .rest), as: UTF8.self)
    #expect(
      payload == #"{"statusCode":429,"headers":{"Content-Type":"application/problem+json","Retry-After":"7"},"#
        + #""body":"{\"detail\":\"é\\n\"}","isBase64Encoded":false}"#)
  }

  private func members(_ response: ProxyResponse, _ format: PayloadFormat) throws -> [String: Any] {
    let json = try JSONSerialization.jsonObject(with: Data(response.payload(for: format)))
    return try #require(json as? [String: Any])
  }
}
