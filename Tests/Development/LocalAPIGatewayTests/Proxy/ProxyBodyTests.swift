import DevelopmentTestSupport
import Foundation
import JSONTree
import SAMTemplate
import Testing

@testable import LocalAPIGateway

@Suite("The body of a proxy event")
struct ProxyBodyTests {
  private func body(
    _ contentType: String?, _ bytes: [UInt8] = Array("é".utf8), to api: APIDefinition
  ) throws -> (JSON?, JSON?) {
    let request = ClientRequest.capture {
      $0.headers = contentType.map { [("Content-Type", $0)] } ?? []
      $0.body = bytes
    }
    let event = try RoutedRequest.on("/{proxy+}", of: api, request).event()
    return (event["body"], event["isBase64Encoded"])
  }

  private let base64 = (JSON.string("w6k="), JSON.boolean(true))
  private let text = (JSON.string("é"), JSON.boolean(false))

  @Test(
    "is Base64 in an HTTP API and a function URL unless its type is in a short list",
    arguments: [
      ("text/plain", false), ("text/csv; charset=utf-8", false), ("application/json", false),
      ("Application/JSON;charset=utf-8", false), ("application/xml", false), ("application/javascript", false),
      ("application/problem+json", true), ("application/x-www-form-urlencoded", true), ("image/svg+xml", true),
      ("application/octet-stream", true), ("multipart/form-data; boundary=x", true), (nil, true),
    ] as [(String?, Bool)])
  func http(contentType: String?, isBinary: Bool) throws {
    for kind in [APIKind.http, .functionURL] {
      #expect(try body(contentType, to: .example(kind)) == (isBinary ? base64 : text))
    }
  }

  @Test("is Base64 in an HTTP API if it isn't text, whatever its type")
  func noText() throws {
    #expect(try body("text/plain", [0xff], to: .example(.http)) == (.string("/w=="), .boolean(true)))
  }

  @Test(
    "is Base64 in a REST API if its type is one of the API's binary ones",
    arguments: [
      ("application/octet-stream", [], false), (nil, [], false), ("image/png", ["image/png"], true),
      ("image/png", ["image/*"], true), ("imagery/png", ["image/*"], false), ("IMAGE/PNG; q=1", ["image/png"], true),
      ("image/png", ["image/jpeg"], false), ("text/plain", ["*/*"], true), (nil, ["*/*"], true),
      (nil, ["image/png"], false),
    ] as [(String?, [String], Bool)])
  func rest(contentType: String?, types: [String], isBinary: Bool) throws {
    #expect(
      try body(contentType, to: .example(.rest, binaryMediaTypes: types)) == (isBinary ? base64 : text))
  }

  @Test("that isn't text loses bytes in a REST API, unless its type is binary")
  func binary() throws {
    #expect(try body("image/png", [0xff], to: .example(.rest)) == (.string("\u{fffd}"), .boolean(false)))
    #expect(
      try body("image/png", [0xff], to: .example(.rest, binaryMediaTypes: ["*/*"]))
        == (.string("/w=="), .boolean(true)))
  }

  @Test("that is empty isn't marked as Base64")
  func empty() throws {
    #expect(try body(nil, [], to: .example(.rest, binaryMediaTypes: ["*/*"])) == (.null, .boolean(false)))
    #expect(try body(nil, [], to: .example(.http)) == (nil, .boolean(false)))
  }
}
