import DevelopmentTestSupport
import LocalLambda
import ProxyEvents
import SAMTemplate
import Testing

@testable import LocalAPIGateway

/// The real function's parser accepts the events, and yields the names that the client meant.
@Suite("The function reads from the gateway's event")
struct ProxyRequestTests {
  private func request(
    _ name: String, to kind: APIKind, _ format: PayloadFormatVersion, route: String?
  ) throws -> ProxyRequest {
    let request = ClientRequest.capture { $0.path = "/jobs/sample-queue/\(name)" }
    let routed = RoutedRequest.on(route, of: .example(kind), request)
    return try ProxyRequest(
      event: ProxyIntegration.event(for: routed, payloadFormat: format, traceID: TraceID(at: request.time)))
  }

  private static let names = [
    ("sample-job:3", "sample-job:3"), ("sample-job%3A3", "sample-job:3"), ("sample-job%253A3", "sample-job%3A3"),
    ("%C3%A9t%C3%A9", "été"), ("été", "été"), ("a+b%20c", "a+b c"), ("%22%7D", #""}"#),
  ]

  @Test("a name in the path of a route, decoded once", arguments: names)
  func route(sent: String, name: String) throws {
    for (kind, version, format) in [
      (APIKind.rest, PayloadFormatVersion.v1, ProxyEvents.PayloadFormat.rest), (.http, .v1, .httpV1),
      (.http, .v2, .httpV2),
    ] {
      let request = try request(sent, to: kind, version, route: "/jobs/{jobQueue}/{jobDefinition}")
      #expect(request.format == format && request.method == "POST" && request.contentType == "application/json")
      #expect(try request.pathParameter("jobQueue") == "sample-queue")
      #expect(try request.pathParameter("jobDefinition") == name, "\(format)")
      #expect(request.body == ClientRequest.capture.body)
    }
  }

  @Test("a name in the path without a route, decoded once", arguments: names)
  func withoutRoute(sent: String, name: String) throws {
    for (kind, format) in [(APIKind.functionURL, ProxyEvents.PayloadFormat.functionURL), (.http, .httpV2)] {
      let request = try request(sent, to: kind, .v2, route: nil)
      #expect(request.format == format)
      #expect(try request.lastPathSegments(3).map { try request.decoded($0) } == ["jobs", "sample-queue", name])
    }
  }

  @Test("a body in Base64")
  func base64() throws {
    let request = ClientRequest.capture { ($0.headers, $0.body) = ([], [0, 0xff]) }
    let event = ProxyIntegration.event(
      for: .on(nil, of: .example(.http), request), payloadFormat: .v2, traceID: TraceID(at: request.time))
    #expect(try ProxyRequest(event: event).body == [0, 0xff])
  }
}
