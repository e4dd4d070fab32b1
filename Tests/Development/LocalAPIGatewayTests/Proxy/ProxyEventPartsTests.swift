import DevelopmentTestSupport
import Foundation
import HTTPTypes
import JSONTree
import LocalServer
import Platform
import SAMTemplate
import Testing

@testable import LocalAPIGateway

@Suite("The parts of an aws_proxy integration's event")
struct ProxyEventPartsTests {
  private func parsed(_ text: String) throws -> JSON { try JSON(parsing: Array(text.utf8)) }

  @Test("that are missing are null in format 1.0, and left out in 2.0")
  func bare() throws {
    let request = ClientRequest.capture {
      ($0.path, $0.query) = ("/", nil)
      ($0.headers, $0.body) = ([], [])
    }
    let names = [
      "queryStringParameters", "multiValueQueryStringParameters", "pathParameters", "stageVariables", "body",
    ]
    for api in [APIDefinition.example(.rest), .example(.http)] {
      let event = try RoutedRequest.on("/", of: api, request).event(.v1)
      #expect(names.map { event[$0] } == names.map { _ in .null })
      #expect(event["requestContext"]?["identity"]?["userAgent"] == .null)
    }
    for api in [APIDefinition.example(.http), .example(.functionURL)] {
      let event = try RoutedRequest.on(nil, of: api, request).event()
      #expect((names + ["cookies"]).map { event[$0] } == (names + [""]).map { _ in nil })
      #expect(event["rawQueryString"] == .string("") && event["isBase64Encoded"] == .boolean(false))
    }
  }

  @Test("include the stage's variables", arguments: [APIKind.rest, .http])
  func stageVariables(kind: APIKind) throws {
    var api = APIDefinition.example(kind)
    api.stageVariables = ["b": "2", "a": "1"]
    #expect(try RoutedRequest.on("/{proxy+}", of: api).event()["stageVariables"] == parsed(#"{"a":"1","b":"2"}"#))
  }

  @Test("keep trailing slashes, double slashes and plus signs of a path as sent")
  func odd() throws {
    let request = ClientRequest.capture { $0.path = "/user/test%2Balias@example.com//plus/test+alias/" }
    let event = try RoutedRequest.on("/{proxy+}", of: .example(.rest, stage: "s"), request).event(.v1)
    #expect(event["path"] == .string("/user/test%2Balias@example.com//plus/test+alias/"))
    #expect(event["requestContext"]?["path"] == .string("/s/user/test%2Balias@example.com//plus/test+alias/"))
  }

  @Test(
    "are those of the sample event, in order",
    arguments: [
      ("rest-submit.json", APIKind.rest, "/lambda/jobs/{jobQueue}/{jobDefinition}"),
      ("url-submit.json", .functionURL, nil),
    ] as [(String, APIKind, String?)])
  func samples(file: String, kind: APIKind, route: String?) throws {
    let package = (0..<5).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    let sample = try JSON(parsing: Array(Data(contentsOf: package.appending(path: "events/\(file)"))))
    let request = ClientRequest.capture {
      ($0.path, $0.query) = ("/lambda/jobs/sample-queue/sample-job", nil)
      $0.headers[.cookie] = nil
    }
    let event = try RoutedRequest.on(route, of: .example(kind, stage: "prod"), request).event()
    #expect(event.names == sample.names)
  }
}
